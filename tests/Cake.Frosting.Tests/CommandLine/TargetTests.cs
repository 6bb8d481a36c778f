namespace Cake.Frosting.Tests.CommandLine;

internal sealed class TargetTests
{
    [TestCase("--target", "Publish")]
    [TestCase("--target=Publish")]
    [TestCase("--Target=Publish")]
    [TestCase("-t", "Publish")]
    [TestCase("--target=PUBLISH")]
    public void The_target_is_taken_in_every_spelling(params string[] args)
    {
        var host = new TestHost().Task<Build>().Task<Publish>().Task<Default>();

        Assert.That(host.Run(args), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["Build", "Publish"]));
    }

    [Test]
    public void Without_a_target_Default_runs()
    {
        var host = new TestHost().Task<Build>().Task<Publish>().Task<Default>();

        Assert.That(host.Run(), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["Default"]));
    }

    [Test]
    public void Several_targets_run_and_a_shared_dependency_runs_once()
    {
        var host = new TestHost().Task<Build>().Task<Publish>().Task<Default>();

        Assert.That(host.Run("-t", "Publish", "--target=Default"), Is.Zero);
        Assert.That(host.Steps, Is.EquivalentTo(["Build", "Publish", "Default"]));
    }

    [Test]
    public void A_list_with_commas_is_one_name()
    {
        var host = new TestHost().Task<Build>().Task<Publish>();

        Assert.That(host.Run("--target=Build,Publish"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors, Is.EqualTo(["Error: The target 'Build,Publish' was not found."]));
    }

    [TestCase("--exclusive")]
    [TestCase("-e")]
    public void Exclusive_runs_the_target_alone_between_setup_and_teardown(string option)
    {
        var host = new TestHost().Task<Build>().Task<Publish>()
            .With(host => host.UseLifetime<RecordedLifetime>());

        Assert.That(host.Run("--target=Publish", option), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["setup Publish: Build Publish", "Publish", "teardown"]));
    }

    private sealed class Build(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(Build))]
    private sealed class Publish(Steps steps) : RecordedTask(steps);

    private sealed class Default(Steps steps) : RecordedTask(steps);
}
