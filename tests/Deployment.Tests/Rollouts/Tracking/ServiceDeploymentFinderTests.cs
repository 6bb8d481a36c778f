using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Tracking;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServiceDeploymentFinderTests
{
    private readonly FakeService service = new() { History = [] };

    [Test]
    public async Task It_is_the_one_of_the_same_moment_and_task_definition()
    {
        Add("arn:other-revision", 1, OtherRevision);
        Add("arn:forced-again", 20, NewRevision);
        Add("arn:ours", 2, NewRevision);

        Assert.That(await FindAsync(Noon), Is.EqualTo("arn:ours"));
    }

    [Test]
    public async Task Where_the_service_does_not_show_the_deployment_any_more_it_is_the_first_since_the_start()
    {
        Add("arn:forced-again", 200, NewRevision);
        Add("arn:ours", -3, NewRevision);
        Add("arn:long-before", -600, NewRevision);

        Assert.That(await FindAsync(null), Is.EqualTo("arn:ours"));
    }

    [Test]
    public async Task A_deployment_that_was_joined_is_found_by_when_it_began()
    {
        Add("arn:ours", -3600, NewRevision);

        Assert.That(await FindAsync(Noon.AddHours(-1)), Is.EqualTo("arn:ours"));
    }

    [Test]
    public async Task One_of_another_moment_is_not_taken_for_ours()
    {
        Add("arn:later", 300, NewRevision);

        Assert.That(await FindAsync(Noon), Is.Null);
    }

    [Test]
    public async Task A_cloud_without_them_says_so()
    {
        service.History = null;
        var finder = Finder();

        Assert.That(await finder.FindAsync(Noon, CancellationToken.None), Is.Null);
        Assert.That(finder.NotOffered, Does.Contain("does not offer"));
    }

    private ServiceDeploymentFinder Finder() => new(service, "parrot", "web", Goal());

    private Task<string?> FindAsync(DateTimeOffset? createdAt) => Finder().FindAsync(createdAt, CancellationToken.None);

    private void Add(string arn, int seconds, string taskDefinition)
    {
        service.History!.Add(new ServiceDeploymentState(arn, "IN_PROGRESS") { CreatedAt = Noon.AddSeconds(seconds), Target = new($"{arn}:revision", 1, 0, 0) });
        service.Revisions.Add(new ServiceRevisionState($"{arn}:revision", taskDefinition, Noon));
    }
}
