using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Tests.Running;

internal sealed class FailureTests
{
    [Test]
    public void A_failing_task_ends_the_run_with_its_name_the_report_and_the_message()
    {
        var host = new TestHost().Task<Failing>().Task<AfterFailing>().With(host => host.UseTeardown<Keeper>());

        Assert.That(host.Run("--target=AfterFailing"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors, Is.EqualTo(["An error occurred when executing task 'Failing'.", "Error: it broke"]));
        Assert.That(host.Report.Rows, Is.EqualTo(["Failing Failed", "Teardown Executed"]));
        Assert.That(host.Steps, Is.EqualTo(["finally", "teardown: it broke"]));
    }

    [Test]
    public void The_exit_code_of_an_exception_does_not_become_the_hosts()
        => Assert.That(new TestHost().Task<ExitCode42>().Run("--target=ExitCode42"), Is.EqualTo(-1));

    [Test]
    public void The_whole_exception_is_shown_only_to_who_diagnoses()
    {
        var host = new TestHost().Task<Failing>();

        Assert.That(host.Run("--target=Failing", "--verbosity=diagnostic"), Is.EqualTo(-1));
        Assert.That(host.Log.Verbosity, Is.EqualTo(Verbosity.Diagnostic));
        Assert.That(host.Log.Errors.Last(), Does.Contain(nameof(InvalidOperationException)).And.Contain("   at "));
    }

    [Test]
    public void Several_exceptions_at_once_are_listed()
    {
        var host = new TestHost().Task<FailingTwice>();

        Assert.That(host.Run("--target=FailingTwice"), Is.EqualTo(-1));
        Assert.That(string.Join('\n', host.Log.Errors), Does.Contain("first").And.Contain("second"));
    }

    [Test]
    public void An_error_handler_that_does_not_throw_has_handled_the_error()
    {
        var host = new TestHost().Task<Swallowing>().Task<AfterSwallowing>();

        Assert.That(host.Run("--target=AfterSwallowing"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["handled it broke", "AfterSwallowing"]));
        Assert.That(host.Report.Rows, Is.EqualTo(["Swallowing Failed", "AfterSwallowing Executed"]));
    }

    [Test]
    public void An_error_handler_that_throws_fails_the_run()
        => Assert.That(new TestHost().Task<Rethrowing>().Run("--target=Rethrowing"), Is.EqualTo(-1));

    [Test]
    public void ContinueOnError_goes_on_with_the_next_task()
    {
        var host = new TestHost().Task<Tolerated>().Task<AfterTolerated>();

        Assert.That(host.Run("--target=AfterTolerated"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo(["AfterTolerated"]));
        Assert.That(host.Report.Rows, Is.EqualTo(["Tolerated Failed", "AfterTolerated Executed"]));
    }

    [Test]
    public void ContinueOnError_beside_an_error_handler_is_refused()
    {
        var host = new TestHost().Task<TwoHandlers>();

        Assert.That(host.Run("--target=TwoHandlers"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors, Is.EqualTo(["Error: There can only be one error handler per task."]));
    }

    private sealed class Keeper(Steps steps) : FrostingTeardown
    {
        public override void Teardown(ICakeContext context, ITeardownContext info)
            => steps.Add($"teardown: {info.ThrownException.Message}");
    }

    private sealed class Failing(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("it broke");

        public override void Finally(ICakeContext context) => steps.Add("finally");
    }

    [IsDependentOn(typeof(Failing))]
    private sealed class AfterFailing(Steps steps) : RecordedTask(steps);

    private sealed class ExitCode42 : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new CakeException(42, "it broke");
    }

    private sealed class FailingTwice : AsyncFrostingTask
    {
        public override Task RunAsync(ICakeContext context)
            => throw new AggregateException(new InvalidOperationException("first"), new InvalidOperationException("second"));
    }

    private sealed class Swallowing(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("it broke");

        public override void OnError(Exception exception, ICakeContext context) => steps.Add($"handled {exception.Message}");
    }

    [IsDependentOn(typeof(Swallowing))]
    private sealed class AfterSwallowing(Steps steps) : RecordedTask(steps);

    private sealed class Rethrowing : AsyncFrostingTask
    {
        public override Task RunAsync(ICakeContext context) => Task.FromException(new InvalidOperationException("it broke"));

        public override void OnError(Exception exception, ICakeContext context) => throw new InvalidOperationException("again", exception);
    }

    [ContinueOnError]
    private sealed class Tolerated : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("it broke");
    }

    [IsDependentOn(typeof(Tolerated))]
    private sealed class AfterTolerated(Steps steps) : RecordedTask(steps);

    [ContinueOnError]
    private sealed class TwoHandlers : FrostingTask
    {
        public override void OnError(Exception exception, ICakeContext context) => throw exception;
    }
}
