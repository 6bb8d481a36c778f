using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Rollouts that are followed to their end, whatever others do to the service meanwhile.</summary>
[TestFixture]
internal sealed class RolloutStoryTests : RolloutFixture
{
    [Test]
    public async Task A_rollout_succeeds_and_the_same_again_is_nothing_to_do()
    {
        await Rollouts.Ecs.CreateServiceAsync("twice");
        var first = await Rollouts.DeployAsync("twice", "--env=TEST_VERSION=twice");
        var second = await Rollouts.DeployAsync("twice", "--env=TEST_VERSION=twice");
        await Rollouts.Ecs.DeleteServiceAsync("twice");

        first.MustEnd(0, "succeeded");
        second.MustEnd(0, "nothing-to-do", "nothing to deploy");
    }

    [Test]
    public async Task A_service_of_no_tasks_is_stable_and_that_is_said()
    {
        await Rollouts.Ecs.CreateServiceAsync("none");
        var deploy = await Rollouts.DeployAsync("none", "--desired-count=0", "--env=TEST_VERSION=none");
        await Rollouts.Ecs.DeleteServiceAsync("none");

        deploy.MustEnd(0, "succeeded", "0 of 0");
    }

    [Test]
    public async Task Another_deployment_that_takes_the_place_of_ours_is_named()
    {
        var deploy = await WhileWaitingAsync("other", () => Rollouts.Ecs.UpdateServiceAsync("other", "stream-ml-service:1"));
        deploy.MustEnd(9, "superseded", "stream-ml-service:1");
    }

    [Test]
    public async Task The_same_task_definition_forced_again_is_another_deployment()
    {
        var deploy = await WhileWaitingAsync("forced", () => Rollouts.Ecs.UpdateServiceAsync("forced"));
        deploy.MustEnd(9, "superseded");
    }

    [Test]
    public async Task A_service_that_is_deleted_meanwhile_ends_the_wait()
    {
        var deploy = await WhileWaitingAsync("deleted", () => Rollouts.Ecs.DeleteServiceAsync("deleted"), delete: false);
        deploy.MustEnd(6, "failed", "deleted");
    }
}
