using Cake.Core;

namespace Cake.Frosting.Tests.Running;

internal sealed class SkippingTests
{
    [Test]
    public void A_skipped_dependency_is_a_row_of_the_report_and_still_has_its_setup_and_teardown()
    {
        var host = new TestHost().Task<Unwanted>().Task<AfterUnwanted>()
            .With(host => host.UseTaskLifetime<RecordedTaskLifetime>());

        Assert.That(host.Run("--target=AfterUnwanted"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(
            ["before Unwanted", "after Unwanted skipped", "before AfterUnwanted", "AfterUnwanted", "after AfterUnwanted"]));
        Assert.That(host.Report.Rows, Is.EqualTo(["Unwanted Skipped", "AfterUnwanted Executed"]));
    }

    [Test]
    public void A_skipped_target_is_a_failure_with_the_reason()
    {
        var host = new TestHost().Task<WithReason>();

        Assert.That(host.Run("--target=WithReason"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors, Is.EqualTo(
            ["Error: Could not reach target 'WithReason' since it was skipped due to a criteria: not on Mondays."]));
    }

    [Test]
    public void The_reason_is_read_only_where_the_task_lists_the_interface_itself()
    {
        var host = new TestHost().Task<WithoutInterface>();

        Assert.That(host.Run("--target=WithoutInterface"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors, Is.EqualTo(
            ["Error: Could not reach target 'WithoutInterface' since it was skipped due to a criteria."]));
    }

    private sealed class Unwanted(Steps steps) : RecordedTask(steps)
    {
        public override bool ShouldRun(ICakeContext context) => false;
    }

    [IsDependentOn(typeof(Unwanted))]
    private sealed class AfterUnwanted(Steps steps) : RecordedTask(steps);

    private sealed class WithReason : FrostingTask, IFrostingTask
    {
        public string SkippedMessage => "not on Mondays";

        public override bool ShouldRun(ICakeContext context) => false;
    }

    private sealed class WithoutInterface : FrostingTask
    {
        public string SkippedMessage => "not on Mondays";

        public override bool ShouldRun(ICakeContext context) => false;
    }
}
