using Ecommerce.Api.General;
using Ecommerce.Api.Reports;

namespace Ecommerce.Api;

/// <summary>What the program does instead of serving, where its first argument is no option.</summary>
internal static class Commands
{
    /// <summary>Does what needs neither settings nor a store, and answers its exit code; null where something else is wanted.</summary>
    /// <exception cref="InvalidSettingException">One of its arguments is wrong.</exception>
    public static async Task<int?> RunAlone(string[] arguments) => arguments is [HealthCommand.Name, ..] ? await HealthCommand.Run(arguments, Console.Error) : null;

    /// <summary>Does what is done with the shop's settings. True when there was a command and it is done.</summary>
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
