using Cake.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests.CommandLine;

internal sealed class ArgumentTests
{
    [TestCase("--region=here")]
    [TestCase("--region", "here")]
    [TestCase("--REGION=here")]
    [TestCase("--", "--region=here")]
    [TestCase("--", "--region", "here")]
    public void An_option_that_is_not_Frostings_own_reaches_the_task_whatever_its_case(params string[] args)
        => Assert.That(ArgumentsOf(args).GetArguments("Region"), Is.EqualTo(["here"]));

    [Test]
    public void A_repeated_option_keeps_all_its_values()
        => Assert.That(ArgumentsOf("--tag=one", "--tag=two").GetArguments("tag"), Is.EqualTo(["one", "two"]));

    [TestCase("--rebuild")]
    [TestCase("--rebuild=false")]
    public void A_switch_is_there_whatever_its_value(string option)
        => Assert.That(ArgumentsOf(option).HasArgument("rebuild"), Is.True);

    [Test]
    public void Of_Frostings_own_options_only_the_target_is_an_argument()
    {
        var arguments = ArgumentsOf("--target=Default", "--verbosity=quiet", "--exclusive", "--working=.");

        Assert.That(arguments.GetArguments().Keys, Is.EqualTo(["target"]));
        Assert.That(arguments.GetArguments("target"), Is.EqualTo(["Default"]));
    }

    [TestCase("--x=1", Description = "a long option of one letter")]
    [TestCase("--a:b=1", Description = "a colon in the name")]
    [TestCase("--name=", Description = "an empty value")]
    [TestCase("word", Description = "a positional word")]
    [TestCase("--verbosity=loud", Description = "a verbosity that does not exist")]
    [TestCase("--target", Description = "a target without a name")]
    public void What_the_parser_cannot_read_is_a_failure_that_says_so(string argument)
    {
        var host = new TestHost().Task<Default>();

        Assert.That(host.Run(argument), Is.EqualTo(-1));
        Assert.That(host.Screen.Output, Does.Contain("Error:"));
        Assert.That(host.Steps, Is.Empty);
    }

    private static ICakeArguments ArgumentsOf(params string[] args)
    {
        ICakeArguments? seen = null;
        var host = new TestHost().Task<Default>().With(host => host.UseSetup<Reader>().ConfigureServices(
            services => services.AddSingleton<Action<ICakeArguments>>(arguments => seen = arguments)));
        Assert.That(host.Run(args), Is.Zero, host.Screen.Output);
        return seen!;
    }

    private sealed class Reader(Action<ICakeArguments> read) : FrostingSetup
    {
        public override void Setup(ICakeContext context, ISetupContext info) => read(context.Arguments);
    }

    private sealed class Default(Steps steps) : RecordedTask(steps);
}
