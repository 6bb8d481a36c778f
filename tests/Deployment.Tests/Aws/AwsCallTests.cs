using System.Text;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>What is repeated, how often, and what never is.</summary>
public sealed class AwsCallTests : AwsStubFixture
{
    private const string Registered = """{ "taskDefinition": { "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7" } }""";
    private const string Updated = """{ "service": { "serviceName": "web", "status": "ACTIVE" } }""";
    private int calls;

    private EcsServiceDeployer Ecs => new(Connection, new InstantTime());

    [SetUp]
    public void Forget() => calls = 0;

    [TestCase("ThrottlingException", "Rate exceeded", 400)]
    [TestCase("ClientException", "Too many concurrent attempts to create a new revision of the specified family.", 400)]
    [TestCase("TooManyRequestsException", "Slow down", 429)]
    public async Task A_change_is_tried_ten_times_in_all_while_the_service_asks_for_fewer_calls(string code, string message, int status)
    {
        Stub.On("RegisterTaskDefinition", _ => ++calls < 10 ? (status, Error(code, message)) : (200, Registered));

        var arn = await RegisterAsync();

        Assert.That((arn, calls), Is.EqualTo(("arn:aws:ecs:us-east-1:123456789012:task-definition/web:7", 10)));
    }

    [Test]
    public async Task After_the_tenth_refusal_the_service_is_believed()
    {
        Stub.On("RegisterTaskDefinition", _ => (++calls > 0 ? 400 : 0, Error("ThrottlingException", "Rate exceeded")));

        var failure = await Assert.ThrowsAsync<TransientServiceException>(RegisterAsync);

        Assert.That((calls, failure!.Throttled), Is.EqualTo((10, true)));
    }

    [Test]
    public async Task A_look_is_tried_four_times_as_the_wait_looks_again_anyway()
    {
        Stub.On("DescribeServices", _ => (++calls > 0 ? 400 : 0, Error("ThrottlingException", "Rate exceeded")));

        await Assert.ThrowsAsync<TransientServiceException>(() => Ecs.FindServiceAsync("parrot", "web", CancellationToken.None));

        Assert.That(calls, Is.EqualTo(4));
    }

    [Test]
    public async Task A_server_error_is_tried_four_times()
    {
        Stub.On("UpdateService", _ => ++calls < 4 ? (500, Error("ServerException", "Internal")) : (200, Updated));

        await UpdateAsync(force: false);

        Assert.That(calls, Is.EqualTo(4));
    }

    [Test]
    public async Task A_registration_whose_answer_cannot_be_read_is_not_repeated_as_it_would_make_a_second_revision()
    {
        Stub.On("RegisterTaskDefinition", _ => (++calls > 0 ? 200 : 0, Registered[..20]));

        var failure = await Assert.ThrowsAsync<TransientServiceException>(RegisterAsync);

        Assert.That((calls, failure!.MayBeDone), Is.EqualTo((1, true)));
    }

    [TestCase(500, "ServerException")]
    [TestCase(500, null)]
    [TestCase(502, null)]
    [TestCase(504, null)]
    public async Task A_registration_that_broke_on_its_way_is_not_repeated_as_it_may_have_made_a_revision(int status, string? code)
    {
        Stub.On("RegisterTaskDefinition", _ => (++calls > 0 ? status : 0, code is null ? "<html>no answer came</html>" : Error(code, "Internal")));

        var failure = await Assert.ThrowsAsync<TransientServiceException>(RegisterAsync);

        Assert.That((calls, failure!.MayBeDone), Is.EqualTo((1, true)));
    }

    [TestCase("ServiceUnavailableException")]
    [TestCase(null)]
    public async Task A_registration_that_an_unavailable_service_did_not_take_is_tried_four_times(string? code)
    {
        Stub.On("RegisterTaskDefinition", _ => ++calls < 4 ? (503, code is null ? "<html>busy</html>" : Error(code, "Busy")) : (200, Registered));

        await RegisterAsync();

        Assert.That(calls, Is.EqualTo(4));
    }

    [TestCase(502)]
    [TestCase(504)]
    public async Task A_gateways_error_is_tried_four_times_where_a_second_call_does_no_harm(int status)
    {
        Stub.On("UpdateService", _ => ++calls < 4 ? (status, "<html>no answer came</html>") : (200, Updated));
        await UpdateAsync(force: false);
        var updates = calls;
        calls = 0;
        Stub.On("DescribeServices", _ => ++calls < 4 ? (status, "<html>no answer came</html>") : (200, "{}"));
        await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None);

        Assert.That((updates, calls), Is.EqualTo((4, 4)));
    }

    [TestCase(true, 1)]
    [TestCase(false, 4)]
    public async Task An_update_whose_answer_cannot_be_read_is_repeated_unless_it_forces_a_new_deployment(bool force, int times)
    {
        Stub.On("UpdateService", _ => (++calls > 0 ? 200 : 0, "{ \"service\": "));

        await Assert.ThrowsAsync<TransientServiceException>(() => UpdateAsync(force));

        Assert.That(calls, Is.EqualTo(times));
    }

    [Test]
    public async Task A_change_whose_first_answer_was_lost_may_be_done_though_the_attempts_after_it_were_refused()
    {
        Stub.On("UpdateService", _ => ++calls == 1 ? (200, "{ \"service\": ") : (503, Error("ServiceUnavailableException", "Busy")));

        var failure = await Assert.ThrowsAsync<TransientServiceException>(() => UpdateAsync(force: false));

        Assert.That((calls, failure!.MayBeDone), Is.EqualTo((4, true)));
        Assert.That(failure.Message, Does.Contain("Busy"));
    }

    [Test]
    public async Task What_is_refused_is_tried_once()
    {
        Stub.On("UpdateService", _ => (++calls > 0 ? 400 : 0, Error("AccessDeniedException", "no")));

        await Assert.ThrowsAsync<SlipwayException>(() => UpdateAsync(force: false));

        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public async Task A_refusal_for_this_machines_clock_is_repeated_by_the_servers_time()
    {
        Stub.Clock = TimeProvider.System.GetUtcNow().AddHours(2);
        Stub.On("DescribeServices", _ => ++calls == 1 ? (400, Error("InvalidSignatureException", "Signature expired: it is later")) : (200, "{}"));

        Assert.That(await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None), Is.Null);

        Assert.That(calls, Is.EqualTo(2));
    }

    [Test]
    public void Pauses_grow_by_chance_apart_and_have_a_bound()
    {
        for (var attempt = 1; attempt < 40; attempt++)
        {
            var least = Math.Min(0.4 * Math.Pow(2, attempt - 1), 20);
            Assert.That(AwsCall.PauseAfter(attempt).TotalSeconds, Is.InRange(least, least * 4 / 3));
        }

        Assert.That(Enumerable.Range(0, 50).Select(_ => AwsCall.PauseAfter(3)).Distinct().Count(), Is.GreaterThan(1));
    }

    private static string Error(string code, string message) => $$"""{ "__type": "{{code}}", "message": "{{message}}" }""";

    private Task<string> RegisterAsync() => Ecs.RegisterTaskDefinitionAsync("web", Encoding.UTF8.GetBytes("{}"), CancellationToken.None);

    private Task<ServiceState> UpdateAsync(bool force) => Ecs.UpdateServiceAsync(
        new ServiceUpdate("parrot", "web", null!, null) { ForceNewDeployment = force }, CancellationToken.None);
}
