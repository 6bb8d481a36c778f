using Slipway.Build.Hosting;
using Slipway.Deployment;

namespace Slipway.Build.Tests.Hosting;

[TestFixture]
internal sealed class CommandLineTests
{
    private static readonly string[] Targets = ["Deploy", "Push", "TestAll"];

    [Test]
    public void Nothing_asks_for_the_usage() => Assert.That(CommandLine.Parse([], Targets).Help, Is.True);

    [TestCase("--target=Deploy")]
    [TestCase("--target Deploy")]
    [TestCase("-t Deploy")]
    [TestCase("-t=Deploy")]
    [TestCase("--Target=Deploy")]
    public void A_target_is_understood_in_every_spelling(string arguments)
    {
        var line = CommandLine.Parse(arguments.Split(' '), Targets);

        Assert.That(line.Targets, Is.EqualTo(new[] { "Deploy" }));
        Assert.That(line.EngineArguments, Is.EqualTo(new[] { "--target=Deploy" }));
    }

    [Test]
    public void Settings_are_kept_from_the_engine_with_their_values_in_order()
    {
        var line = CommandLine.Parse(
            ["--target=Deploy", "--region=us-east-1", "--test-projects", "a", "--test-projects=b=c", "--rebuild", "--exclusive", "-v", "verbose"], Targets);

        Assert.Multiple(() =>
        {
            Assert.That(line.Values["region"], Is.EqualTo(new[] { "us-east-1" }));
            Assert.That(line.Values["TEST-PROJECTS"], Is.EqualTo(new[] { "a", "b=c" }));
            Assert.That(line.Values["rebuild"], Is.EqualTo(new[] { string.Empty }));
            Assert.That(line.EngineArguments, Is.EqualTo(new[] { "--target=Deploy", "--exclusive", "--verbosity=verbose" }));
            Assert.That(line.Exclusive, Is.True);
        });
    }

    [TestCase("--noop")]
    [TestCase("--whatif")]
    [TestCase("--dryrun")]
    [TestCase("--showtree")]
    [TestCase("--descriptions")]
    public void Modes_that_only_show_are_known_by_all_their_names(string mode) =>
        Assert.That(CommandLine.Parse(["--target=Deploy", mode], Targets).ShowsOnly, Is.True);

    [TestCase("--target=Pusch", "There is no target 'Pusch'. Did you mean 'Push'?")]
    [TestCase("--target=Frobnicate", "There is no target 'Frobnicate'.")]
    [TestCase("--target=", "needs a name")]
    [TestCase("--target", "needs a value")]
    [TestCase("--regoin=x", "Did you mean --region?")]
    [TestCase("--region --rebuild", "Option '--region' needs a value")]
    [TestCase("Deploy", "'Deploy' is neither an option nor its value")]
    [TestCase("-- --region=x", "'--' is neither an option nor its value")]
    [TestCase("--verbosity=loud", "allowed are quiet, minimal, normal, verbose, diagnostic")]
    [TestCase("--exclusive=yes", "takes no value")]
    [TestCase("--exclusive=", "takes no value")]
    public void What_is_wrong_is_said(string arguments, string expected)
    {
        var exception = Assert.Throws<SlipwayException>(() => CommandLine.Parse(arguments.Split(' '), Targets));

        Assert.That(exception!.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        Assert.That(exception.Message, Does.Contain(expected));
    }

    [Test]
    public void Every_problem_is_told_at_once()
    {
        var exception = Assert.Throws<SlipwayException>(() => CommandLine.Parse(["word", "--nothing", "--target=Nowhere"], Targets));

        Assert.That(exception!.Message, Does.Contain("'word'").And.Contain("--nothing").And.Contain("'Nowhere'"));
    }
}
