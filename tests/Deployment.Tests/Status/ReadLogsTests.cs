using Slipway.Deployment.Services;
using Slipway.Deployment.Status;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Status;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReadLogsTests
{
    private readonly WaitedClock clock = new(Noon);
    private readonly FakeService service = new();
    private readonly FakeLogs logs = new();

    public ReadLogsTests()
    {
        service.Definitions[NewRevision] = new LiveTaskDefinition(NewRevision, """
            { "containerDefinitions": [
              { "name": "web", "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "/g", "awslogs-stream-prefix": "ecs" } } },
              { "name": "quiet" } ] }
            """);
        service.Tasks.AddRange([Running("t2"), Stopped("t1", "x", 1)]);
        logs.Streams["ecs/web/t1"] = [Line(1, "one"), Line(3, "three")];
        logs.Streams["ecs/web/t2"] = [Line(2, "two"), Line(4, "four\u0007")];
    }

    private ReadLogs Reading => new(TestSettings.Local, service, logs, clock);

    [Test]
    public async Task Lines_of_all_tasks_come_in_the_order_of_their_time()
    {
        var lines = await Reading.TailAsync(10, CancellationToken.None);

        Assert.That(lines.Select(line => (line.TaskId, line.Container, line.Text)), Is.EqualTo(new[]
        {
            ("t1", "web", "one"), ("t2", "web", "two"), ("t1", "web", "three"), ("t2", "web", "four"),
        }));
    }

    [Test]
    public async Task The_newest_lines_are_given()
    {
        var lines = await Reading.TailAsync(2, CancellationToken.None);

        Assert.That(lines.Select(line => line.Text), Is.EqualTo(new[] { "three", "four" }));
    }

    [Test]
    public async Task Following_gives_new_lines_once_and_those_of_new_tasks()
    {
        using var cancellation = new CancellationTokenSource();
        service.BeforeLook = look =>
        {
            if (look == 2) logs.Streams["ecs/web/t2"].Add(Line(5, "five"));
            if (look == 3) service.Tasks.Insert(0, Running("t3"));
            if (look == 3) logs.Streams["ecs/web/t3"] = [Line(6, "six")];
            if (look == 6) cancellation.Cancel();
        };
        var lines = new List<string>();

        var following = FollowAsync(lines, cancellation.Token);
        await clock.RunAsync(following);

        await Assert.ThatAsync(() => following, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(lines, Is.EqualTo(new[] { "one", "two", "three", "four", "five", "six" }));
    }

    [Test]
    public async Task A_service_that_does_not_exist_is_refused()
    {
        service.State = null;

        await Assert.ThatAsync(() => Reading.TailAsync(1, CancellationToken.None), Throws.TypeOf<SlipwayException>());
    }

    private async Task FollowAsync(List<string> lines, CancellationToken cancellationToken)
    {
        await foreach (var line in Reading.FollowAsync(10, cancellationToken)) lines.Add(line.Text);
    }

    private static LogLine Line(int second, string text) => new(Noon.AddSeconds(second), text);
}
