using Ecommerce.Api.Payments;

namespace Ecommerce.Api.Tests.Simulation;

/// <summary>Brings the provider's notices to the shop: late, in any order, more than once or not at all; again when nobody takes one.</summary>
internal sealed class Postman(World world)
{
    private const int Tries = 4;

    public void Take(PaymentNotice notice)
    {
        if (notice is not PaymentNotice.Refunded && world.Faults.Strike(Fault.NoticeLost)) return;
        Send(notice, Tries);
        while (world.Faults.Strike(Fault.NoticeRepeated)) Send(notice, Tries);
    }

    private void Send(PaymentNotice notice, int tries) => world.Provider.Later(
        world.Chance(50) ? world.Between(0, 300) : world.Between(0, 15 * 60_000), () => world.Helper("webhook", () => Deliver(notice, tries)));

    private async Task Deliver(PaymentNotice notice, int tries)
    {
        var taken = await world.Ask(machine => machine.Notices.Receive(notice, default));
        world.Coverage.Count(taken ? $"notice {notice.GetType().Name}" : "notice not taken");
        if (!taken && (tries > 1 || notice is PaymentNotice.Refunded)) Send(notice, tries - 1);
    }
}
