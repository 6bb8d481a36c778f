using Cake.Core;

namespace Cake.Frosting.Tests.Running;

internal sealed class OrderTests
{
    [Test]
    public void Setup_comes_once_before_the_tasks_and_teardown_once_after_them()
    {
        var host = new TestHost().Task<First>().Task<Default>().With(host => host.UseLifetime<RecordedLifetime>());

        Assert.That(host.Run(), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["setup Default: First Default", "First", "Default", "teardown"]));
        Assert.That(host.Report.Rows, Is.EqualTo(["Setup Executed", "First Executed", "Default Executed", "Teardown Executed"]));
    }

    [Test]
    public void Around_each_task_come_its_setup_its_end_and_its_teardown()
    {
        var host = new TestHost().Task<WithEnd>().With(host => host.UseTaskLifetime<RecordedTaskLifetime>());

        Assert.That(host.Run("--target=WithEnd"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["before WithEnd", "WithEnd", "finally", "after WithEnd"]));
    }

    [Test]
    public void A_failed_setup_of_the_run_leaves_out_the_tasks_but_not_the_teardown()
    {
        var host = new TestHost().Task<First>().With(host => host.UseSetup<FailingSetup>().UseTeardown<RecordedTeardown>());

        Assert.That(host.Run("--target=First"), Is.EqualTo(-1));
        Assert.That(host.Steps, Is.EqualTo(["teardown after no setup"]));
    }

    [Test]
    public void A_failed_setup_of_a_task_leaves_out_the_task_but_not_its_teardown()
    {
        var host = new TestHost().Task<First>()
            .With(host => host.UseTaskLifetime<RecordedTaskLifetime>().UseTaskSetup<FailingTaskSetup>());

        Assert.That(host.Run("--target=First"), Is.EqualTo(-1));
        Assert.That(host.Steps, Is.EqualTo(["after First failed"]));
    }

    [Test]
    public void An_unknown_target_is_told_before_setup()
    {
        var host = new TestHost().Task<First>().With(host => host.UseLifetime<RecordedLifetime>());

        Assert.That(host.Run("--target=Frist"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors, Is.EqualTo(["Error: The target 'Frist' was not found."]));
        Assert.That(host.Steps, Is.Empty);
    }

    [Test]
    public void An_asynchronous_task_is_waited_for()
    {
        var host = new TestHost().Task<Asynchronous>().With(host => host.UseLifetime<RecordedLifetime>());

        Assert.That(host.Run("--target=Asynchronous"), Is.Zero);
        Assert.That(host.Steps[1..], Is.EqualTo(["started", "resumed", "teardown"]));
    }

    [Test]
    public void A_task_without_work_is_an_aggregate_in_the_report()
    {
        var host = new TestHost().Task<First>().Task<Aggregate>().Task<AsynchronousAggregate>();

        Assert.That(host.Run("--target=AsynchronousAggregate"), Is.Zero);
        Assert.That(host.Report.Rows, Is.EqualTo(["First Executed", "Aggregate Delegated", "AsynchronousAggregate Delegated"]));
    }

    [Test]
    public void A_host_runs_twice()
    {
        var host = new TestHost().Task<First>();

        Assert.That(host.Run("--target=First"), Is.Zero);
        Assert.That(host.Run("--target=First"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["First", "First"]));
    }

    private sealed class First(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(First))]
    private sealed class Default(Steps steps) : RecordedTask(steps);

    [IsDependentOn(typeof(First))]
    private sealed class Aggregate : FrostingTask;

    [IsDependentOn(typeof(Aggregate))]
    private sealed class AsynchronousAggregate : AsyncFrostingTask;

    private sealed class WithEnd(Steps steps) : RecordedTask(steps)
    {
        public override void Finally(ICakeContext context) => Steps.Add("finally");
    }

    private sealed class Asynchronous(Steps steps) : AsyncFrostingTask
    {
        public override async Task RunAsync(ICakeContext context)
        {
            steps.Add("started");
            await Task.Yield();
            steps.Add("resumed");
        }
    }

    private sealed class FailingSetup : FrostingSetup
    {
        public override void Setup(ICakeContext context, ISetupContext info) => throw new InvalidOperationException("no setup");
    }

    private sealed class RecordedTeardown(Steps steps) : FrostingTeardown
    {
        public override void Teardown(ICakeContext context, ITeardownContext info)
            => steps.Add($"teardown after {info.ThrownException.Message}");
    }

    private sealed class FailingTaskSetup : FrostingTaskSetup
    {
        public override void Setup(ICakeContext context, ITaskSetupContext info) => throw new InvalidOperationException("no setup");
    }
}
