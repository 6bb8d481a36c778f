using System.Reflection;
using Slipway.Build.Hosting;
using Slipway.Build.Output;
using Slipway.Deployment;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Hosting;

[TestFixture]
internal sealed class EndingTests
{
    private TestConsole _console = null!;

    [SetUp]
    public void Open() => _console = new TestConsole().Width(200);

    [TearDown]
    public void Close() => _console.Dispose();

    [Test]
    public void An_expected_failure_shows_message_and_remedy_and_no_stack()
    {
        var code = Tell(new SlipwayException(ExitCode.PushFailed, "The push failed.", "push again", new InvalidOperationException("inner")));

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCode.PushFailed));
            Assert.That(_console.Output, Does.Contain("Push failed").And.Contain("The push failed.").And.Contain("Try: push again"));
            Assert.That(_console.Output, Does.Not.Contain("InvalidOperationException"));
        });
    }

    [Test]
    public void A_run_that_nothing_ended_early_ends_as_its_target_says()
    {
        var report = new ConsoleReport(_console, live: false);

        Assert.That(Ending.Tell(new Outcome(), report, cancelled: false), Is.EqualTo(ExitCode.Done));
        Assert.That(Ending.Tell(new Outcome { ExitCode = ExitCode.ChangesPending }, report, cancelled: false), Is.EqualTo(ExitCode.ChangesPending));
        Assert.That(_console.Output, Is.Empty);
    }

    [Test]
    public void An_expected_failure_is_found_inside_the_wrappers_of_reflection_and_tasks()
    {
        var expected = new SlipwayException(ExitCode.TimedOut, "Too long.");

        Assert.That(Tell(new AggregateException(new TargetInvocationException(expected))), Is.EqualTo(ExitCode.TimedOut));
    }

    [Test]
    public void A_cancelled_run_is_130() => Assert.That(Tell(new OperationCanceledException(), cancelled: true), Is.EqualTo(ExitCode.Cancelled));

    [Test]
    public void A_cancellation_that_nobody_asked_for_is_a_bug() =>
        Assert.That((int)Tell(new OperationCanceledException()), Is.EqualTo(1));

    [Test]
    public void A_full_disk_is_named_with_a_remedy()
    {
        var code = Tell(new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28));

        Assert.That(code, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(_console.Output, Does.Contain("free some space"));
    }

    [TestCase(39, "Directory not empty")]
    [TestCase(112, "Host is down")]
    public void A_number_that_means_a_full_disk_on_Windows_alone_is_not_taken_for_one(int number, string message)
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("These are numbers of Linux.");

        Assert.That((int)Tell(new IOException(message, number)), Is.EqualTo(1));
        Assert.That(_console.Output, Does.Not.Contain("free some space"));
    }

    [Test]
    public void An_unexpected_failure_shows_its_stack_and_says_that_it_is_a_bug()
    {
        var code = Tell(new InvalidOperationException("surprise"));

        Assert.That((int)code, Is.EqualTo(1));
        Assert.That(_console.Output, Does.Contain("System.InvalidOperationException: surprise").And.Contain("This is a bug in Slipway"));
    }

    [Test]
    public void Success_says_nothing_more()
    {
        Assert.That(Ending.Tell(new Outcome(), new ConsoleReport(_console, live: false), cancelled: false), Is.EqualTo(ExitCode.Done));
        Assert.That(_console.Output, Is.Empty);
    }

    private ExitCode Tell(Exception error, bool cancelled = false) =>
        Ending.Tell(new Outcome { Error = error, Target = "Push" }, new ConsoleReport(_console, live: false), cancelled);
}
