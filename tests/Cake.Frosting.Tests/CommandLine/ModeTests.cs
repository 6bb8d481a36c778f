using Cake.Core;

namespace Cake.Frosting.Tests.CommandLine;

internal sealed class ModeTests
{
    private TestHost host = null!;

    [SetUp]
    public void Compose() => host = new TestHost().Task<Compile>().Task<Default>().With(host => host
        .UseContext<RecordedContext>().UseLifetime<RecordedLifetime>().UseTaskLifetime<RecordedTaskLifetime>());

    [TestCase("--dryrun")]
    [TestCase("--noop")]
    [TestCase("--whatif")]
    public void A_dry_run_numbers_the_tasks_and_runs_only_setup_teardown_and_conditions(string option)
    {
        Assert.That(host.Run(option), Is.Zero);
        Assert.That(host.Log.Messages, Does.Contain("1. Compile").And.Contain("2. Default"));
        Assert.That(host.Steps, Is.EqualTo(["context", "setup Default: Compile Default", "condition", "teardown"]));
    }

    [TestCase("--tree")]
    [TestCase("--showtree")]
    public void The_tree_is_shown_without_setup_though_the_context_is_made(string option)
    {
        Assert.That(host.Run(option), Is.Zero);
        Assert.That(host.Console.Text, Does.Contain("Default").And.Contain("└─Compile"));
        Assert.That(host.Steps, Is.EqualTo(["context"]));
    }

    [TestCase("--description")]
    [TestCase("--descriptions")]
    [TestCase("--showdescription")]
    [TestCase("--showdescriptions")]
    public void The_descriptions_are_shown_without_setup(string option)
    {
        Assert.That(host.Run(option), Is.Zero);
        Assert.That(host.Screen.Output, Does.Match("Compile +Makes the program"));
        Assert.That(host.Steps, Is.EqualTo(["context"]));
    }

    [TestCase("--version")]
    [TestCase("--ver")]
    [TestCase("--info")]
    public void Version_and_info_answer_before_the_context_is_made(string option)
    {
        Assert.That(host.Run(option), Is.Zero);
        Assert.That(host.Console.Text, Is.Not.Empty);
        Assert.That(host.Steps, Is.Empty);
    }

    [TestCase("--help")]
    [TestCase("-h")]
    public void Help_lists_the_options(string option)
    {
        Assert.That(host.Run(option), Is.Zero);
        Assert.That(
            host.Screen.Output,
            Does.Contain("--target").And.Contain("--exclusive").And.Contain("--dryrun").And.Contain("--tree")
                .And.Contain("--description").And.Contain("--verbosity").And.Contain("--working")
                .And.Contain("--version").And.Contain("--info"));
        Assert.That(host.Steps, Is.Empty);
    }

    [Test]
    public void Of_several_modes_the_first_in_the_order_version_info_dryrun_tree_description_counts()
    {
        string[] modes = ["--version", "--info", "--dryrun", "--tree", "--description"];

        Assert.Multiple(() =>
        {
            Assert.That(Shown(modes), Is.EqualTo("version"));
            Assert.That(Shown(modes[1..]), Is.EqualTo("info"));
            Assert.That(Shown(modes[2..]), Is.EqualTo("dryrun"));
            Assert.That(Shown(modes[3..]), Is.EqualTo("tree"));
            Assert.That(Shown(modes[4..]), Is.EqualTo("description"));
        });
    }

    private string Shown(string[] modes)
    {
        Compose();
        Assert.That(host.Run(modes), Is.Zero);
        return host switch
        {
            _ when host.Console.Text.Contains("Details:", StringComparison.Ordinal) => "info",
            _ when host.Console.Text.Contains('└') => "tree",
            _ when host.Console.Text.Length > 0 => "version",
            _ when host.Screen.Output.Contains("Makes the program", StringComparison.Ordinal) => "description",
            _ when host.Log.Messages.Contains("1. Compile") => "dryrun",
            _ => "run",
        };
    }

    private sealed class RecordedContext : FrostingContext
    {
        public RecordedContext(ICakeContext context, Steps steps)
            : base(context) => steps.Add("context");
    }

    [TaskDescription("Makes the program")]
    private sealed class Compile(Steps steps) : RecordedTask(steps)
    {
        public override bool ShouldRun(ICakeContext context)
        {
            Steps.Add("condition");
            return true;
        }

        public override void Finally(ICakeContext context) => Steps.Add("finally");
    }

    [IsDependentOn(typeof(Compile))]
    private sealed class Default(Steps steps) : RecordedTask(steps);
}
