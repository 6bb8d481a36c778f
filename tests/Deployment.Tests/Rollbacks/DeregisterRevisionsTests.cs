using Microsoft.Extensions.Time.Testing;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.OneOffTasks;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollbacks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeregisterRevisionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeService service = new() { State = Service(Rollout(revision: Revision(9), rollout: "COMPLETED", running: 1)) };
    private readonly FakeTaskRunner runner = new();
    private readonly FakeDefinitions definitions = new([.. Enumerable.Range(1, 10).Reverse().Select(Revision)]);
    private readonly RecordingReport report = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task They_are_shown_and_nothing_is_changed_without_the_word()
    {
        var old = await RunAsync(8, confirm: false);

        Assert.That(old, Is.EqualTo(new[] { Revision(2), Revision(1) }));
        Assert.That(definitions.Gone, Is.Empty);
        Assert.That(report.Facts[^1], Does.Contain("Nothing was changed").And.Contain("--target=Deregister --environment=local --keep-revisions=8 --confirm"));
    }

    [Test]
    public async Task Confirmed_they_are_deregistered()
    {
        await RunAsync(8, confirm: true);

        Assert.That(definitions.Gone, Is.EqualTo(new[] { Revision(2), Revision(1) }));
    }

    [Test]
    public async Task None_that_is_in_use_goes()
    {
        service.State = Service(
            Rollout(revision: Revision(9), running: 1), Rollout(Before, "ACTIVE", "IN_PROGRESS", Revision(5), running: 1));
        runner.Known.Add(FakeTaskRunner.Of("RUNNING") with { TaskDefinitionArn = Revision(4) });
        runner.Known.Add(FakeTaskRunner.Of("STOPPED", 0) with { TaskDefinitionArn = Revision(6) });
        service.History =
        [
            new ServiceDeploymentState("arn:sd:2", ServiceDeploymentStatus.InProgress)
            {
                Target = new RevisionShare("arn:sr:9", null, null, null), Sources = [new RevisionShare("arn:sr:3", null, null, null)],
            },
            new ServiceDeploymentState("arn:sd:1", ServiceDeploymentStatus.Successful) { Target = new RevisionShare("arn:sr:2", null, null, null) },
        ];
        foreach (var number in new[] { 9, 3, 2 }) service.Revisions.Add(new ServiceRevisionState(FormattableString.Invariant($"arn:sr:{number}"), Revision(number), Noon));

        await RunAsync(1, confirm: true);

        Assert.That(definitions.Gone, Is.EqualTo(new[] { Revision(8), Revision(7), Revision(6), Revision(1) }));
        Assert.That(report.Facts, Has.Some.EqualTo("  web:4 stays: a task of it runs").And.Some.EqualTo("  web:2 stays: Rollback would go back to it"));
    }

    [Test]
    public async Task Where_there_are_no_more_than_are_kept_there_is_nothing_to_do()
    {
        Assert.That(await RunAsync(10, confirm: true), Is.Empty);
        Assert.That(report.Facts[^1], Is.EqualTo("There is nothing to deregister."));
    }

    private static string Revision(int number) => FormattableString.Invariant($"arn:aws:ecs:us-east-1:123456789012:task-definition/web:{number}");

    private async Task<IReadOnlyList<string>> RunAsync(int keep, bool confirm)
    {
        var settings = TestSettings.Local;
        var store = new ArtifactStore(folder.Path, "local");
        var made = new DeployServices(settings, store, service, new FakeIdentity(), report, new FakeTimeProvider(Noon));
        return await new DeregisterRevisions(settings, store, service, definitions, runner, made.CallerCheck, report)
            .RunAsync(new DeregisterSwitches(keep, confirm), CancellationToken.None);
    }

    private sealed class FakeDefinitions(IReadOnlyList<string> active) : ITaskDefinitions
    {
        public List<string> Gone { get; } = [];

        public Task<IReadOnlyList<string>> ListActiveAsync(string family, CancellationToken cancellationToken) =>
            Task.FromResult(family == "web" ? active : []);

        public Task DeregisterAsync(string arn, CancellationToken cancellationToken)
        {
            Gone.Add(arn);
            return Task.CompletedTask;
        }
    }
}
