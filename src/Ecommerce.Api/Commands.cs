using Ecommerce.Api.General;
using Ecommerce.Api.Reports;

namespace Ecommerce.Api;

/// <summary>What the program does instead of serving, with the same settings, where its first argument is no option.</summary>
internal static class Commands
{
    /// <summary>True when there was a command and it is done.</summary>
    /// <exception cref="InvalidSettingException">No such command, or one of its arguments is wrong.</exception>
    /// <exception cref="Storage.StoreUnavailableException">Of the command; it can be repeated.</exception>
    public static async Task<bool> RunCommand(this WebApplication app, string[] arguments)
    {
        if (arguments is not [var name, ..] || name.StartsWith('-')) return false;
        if (name != RebuildCommand.Name) throw new InvalidSettingException(name, $"is no command; '{RebuildCommand.Name}' and '{HealthCommand.Name}' are.");
        await using (app) await RebuildCommand.Run(app.Services, arguments, Console.Out, CancellationToken.None);
        return true;
    }
}
