using Ecommerce.Api.Payments;
using Ecommerce.Api.Tests.Harness;
using Ecommerce.Api.Tests.Harness.Crashes;
using Ecommerce.Storage;

namespace Ecommerce.Api.Tests.Orders.Crashes;

/// <summary>The idempotency key of a refund, and what is remembered under a key.</summary>
public abstract class RepeatedRequestTests(EcommerceApp app)
{
    [Fact]
    public async Task While_the_first_is_still_being_paid_back_a_repeat_is_told_so()
    {
        var (reached, gate) = (new Gate(), new Gate());
        await using var shop = app.With(new HookedGateway(new SimulatedGateway(app.Store, app.Clock))
        {
            BeforeRefund = async (_, _) => { reached.Open(); await gate.Passed; },
        });
        var (scene, refund) = await Begin(4m, "slow");
        var first = refund.Send(shop);
        await reached.Passed;
        await refund.Send(shop).ShouldBeProblem(409, "idempotency_in_progress");
        await refund.Send(app).ShouldBeProblem(409, "idempotency_in_progress");
        gate.Open();

        var answer = await first;
        await answer.ShouldBe(200);
        var again = await refund.Send(app);
        Assert.Equal((true, await answer.Body()), (again.IsReplayed(), await again.Body()));
        await ShouldHaveRefunded(scene, 400);
    }

    [Fact]
    public async Task Sixteen_at_once_under_one_key_are_one_refund()
    {
        var (scene, refund) = await Begin(4m, "many");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => refund.Send(app)));
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 200)) await answer.ShouldBeProblem(409, "idempotency_in_progress");
        Assert.Single((await Task.WhenAll(answers.Where(answer => (int)answer.StatusCode == 200).Select(Shopping.Body))).Distinct());
        await ShouldHaveRefunded(scene, 400);
    }

    [Fact]
    public async Task What_was_refused_is_not_remembered()
    {
        var (scene, refund) = await Begin(4m, "refused");
        await (refund with { Body = new { amount = 4m } }).Send(app).ShouldBeProblem(400, "validation_failed", "reason");
        await (refund with { Body = new { amount = 1_000m, reason = "broken" } }).Send(app).ShouldBeProblem(409, "refund_exceeds_payment");
        await refund.Send(app).ShouldBe(200);
        await (refund with { Body = new { amount = 5m, reason = "broken" } }).Send(app).ShouldBeProblem(422, "idempotency_key_reused");
        await ShouldHaveRefunded(scene, 400);
    }

    [Fact]
    public async Task Two_administrators_with_the_same_key_make_two_refunds()
    {
        var (scene, refund) = await Begin(4m, "same");
        await refund.Send(app).ShouldBe(200);
        await (refund with { UserId = "usr_admin_2" }).Send(app).ShouldBe(200);
        await ShouldHaveRefunded(scene, 400, 400);
    }

    [Fact]
    public async Task A_decline_is_remembered_and_a_refusal_is_not()
    {
        var scene = await Purchases.Begin(app, Purchases.Keyed, Shopping.DeclinedCard, lastUnits: true);
        await (scene.Call with { Body = new { payment = new { method = "CARD" } } }).Send(app).ShouldBeProblem(400, "validation_failed", "payment.token");
        var declined = await scene.Call.Send(app);
        await declined.ShouldBeProblem(402, "payment_declined");
        var again = await scene.Call.Send(app);
        Assert.Equal((true, await declined.Body()), (again.IsReplayed(), await again.Body()));
        await (scene.Call with { Body = Shopping.Paying(Shopping.Card) }).Send(app).ShouldBeProblem(422, "idempotency_key_reused");
    }

    private async Task<(Scene Scene, Call Refund)> Begin(decimal amount, string key)
    {
        var (scene, order) = await Situations.Make(app, Situations.Confirmed);
        return (scene, new("usr_admin", $"/order/{order.OrderId}/refund", new { amount, reason = "broken" }, key, IsAdmin: true));
    }

    private async Task ShouldHaveRefunded(Scene scene, params long[] amounts)
    {
        Assert.Equal(amounts, (await app.OrderOf(scene))!.Refunds.Select(refund => refund.Amount.Minor));
        await app.ShouldBalance(new[] { new Struck(scene, "there", null) }.AsPlaced(), isOver: true);
    }
}

public sealed class RepeatedRequestTests_on_Sqlite(SqliteApp app) : RepeatedRequestTests(app), IClassFixture<SqliteApp>;

public sealed class RepeatedRequestTests_on_DynamoDb(DynamoDbApp app) : RepeatedRequestTests(app), IClassFixture<DynamoDbApp>;
