using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>How a scenario was played.</summary>
/// <param name="Outcome">What was written; null where nothing was.</param>
/// <param name="ExitCode">How the process would end.</param>
/// <param name="Told">All that the person read.</param>
/// <param name="Seconds">How long it took on the scenario's clock.</param>
/// <param name="Calls">What was asked of ECS.</param>
internal sealed record Played(OutcomeArtifact? Outcome, ExitCode ExitCode, string Told, double Seconds, IReadOnlyList<string> Calls)
{
    /// <summary>Plays it through the real wait.</summary>
    public static async Task<Played> OfAsync(Scenario scenario)
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var clock = new SteppedClock { Steps = scenario.ClockSteps };
        var ecs = new ScriptedEcs(scenario, clock);
        if (scenario.CancelledAt is { } moment)
        {
            ecs.OnCall = () =>
            {
                if (clock.Seconds >= moment) cancellation.Cancel();
            };
        }

        var store = new ArtifactStore(folder.Path, "local");
        store.Write(new DeploymentArtifact(
            DeploymentArtifact.CurrentSchema, "local", null, "us-east-1", "123456789012", "parrot", "web", NewRevision, scenario.Previous, Given.Ours,
            scenario.KnowsArn ? Scenery.Arn : null, scenario.NothingToDo, Digest, Noon));
        var report = new RecordingReport();
        var settings = TestSettings.Local with { Timeout = scenario.Timeout, Rollout = scenario.Settings };
        var wait = new WaitForStable(settings, store, ecs, new FakeLogs(), report, clock) { Proof = new RolloutProof(new OneManifest(), null) };
        var run = wait.RunAsync(cancellation.Token);
        await clock.Real.RunAsync(run);
        var failure = await CatchAsync(run);
        var told = string.Join('\n', [.. report.Facts, .. report.Entries, failure?.Message, failure?.Remedy]);
        return new Played(store.Find<OutcomeArtifact>(), failure?.ExitCode ?? ExitCode.Done, told, clock.Seconds, ecs.Calls);
    }

    private static async Task<SlipwayException?> CatchAsync(Task run)
    {
        try
        {
            await run;
            return null;
        }
        catch (SlipwayException failure)
        {
            return failure;
        }
    }
}
