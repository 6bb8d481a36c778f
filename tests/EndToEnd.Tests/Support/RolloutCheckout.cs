using System.Text.Json;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>
/// A copy whose container does what its variables say (TEST_EXIT_CODE, TEST_HEALTH_STATUS, …): one image serves every scenario, and each
/// scenario has a service of its own.
/// </summary>
internal sealed class RolloutCheckout : IAsyncDisposable
{
    /// <summary>The service that the embedded cloud begins with: behind the front door, with a circuit breaker that rolls back.</summary>
    public const string FirstService = "stream-ml-service-1";

    private RolloutCheckout(Checkout checkout) => (Checkout, Cloud, Ecs) = (checkout, new LocalCloudControl(checkout.Port), new EcsAccount(checkout.Port));

    public Checkout Checkout { get; }

    /// <summary>What plays the failures.</summary>
    public LocalCloudControl Cloud { get; }

    /// <summary>Who else changes the cluster.</summary>
    public EcsAccount Ecs { get; }

    public static RolloutCheckout Create()
    {
        var checkout = Checkout.Create();
        checkout.Edit(
            "infra/environments/local.json", "\"timeout\": \"5m\"",
            "\"project\": \"tests/LocalCloud.TestService\",\n  \"testProjects\": [],\n  \"timeout\": \"100s\"");
        checkout.Edit("infra/ecs-task-def.json", "/app/StreamMlService.dll", "/app/LocalCloud.TestService.dll");
        checkout.Edit("infra/ecs-task-def.json", "\"interval\": 10", "\"interval\": 5");
        checkout.Edit("infra/ecs-task-def.json", "\"retries\": 3", "\"retries\": 1");
        checkout.Edit("infra/ecs-task-def.json", "\"startPeriod\": 10", "\"startPeriod\": 0");
        return new RolloutCheckout(checkout);
    }

    /// <summary>Deploys to a service; the arguments add to the command line.</summary>
    public Task<RolloutRun> DeployAsync(string service, params string[] arguments) => RunAsync("Deploy", service, arguments);

    /// <summary>What another machine, or a second attempt, does with <c>deployment.json</c> alone.</summary>
    public Task<RolloutRun> ResumeAsync(string service, params string[] arguments) => RunAsync("WaitStable", service, ["--exclusive", .. arguments]);

    public async Task<RolloutRun> RunAsync(string target, string service, params string[] arguments)
    {
        using var running = Start(target, service, arguments);
        return await EndAsync(running);
    }

    public RunningScript Start(string target, string service, params string[] arguments)
    {
        if (File.Exists(OutcomeFile)) File.Delete(OutcomeFile);
        return Checkout.Start(new Dictionary<string, string?>(), [$"--target={target}", $"--service={service}", .. arguments]);
    }

    /// <summary>Waits for the end of a started run and reads its verdict.</summary>
    public async Task<RolloutRun> EndAsync(RunningScript running)
    {
        var run = await running.WaitAsync(Checkout.Patience);
        TestContext.Out.WriteLine(run);
        return new RolloutRun(run, File.Exists(OutcomeFile) ? JsonDocument.Parse(await File.ReadAllTextAsync(OutcomeFile)).RootElement : default);
    }

    public async ValueTask DisposeAsync()
    {
        Ecs.Dispose();
        Cloud.Dispose();
        await Checkout.DisposeAsync();
    }

    private string OutcomeFile => Checkout.PathOf("artifacts", "deploy", "local", "outcome.json");
}
