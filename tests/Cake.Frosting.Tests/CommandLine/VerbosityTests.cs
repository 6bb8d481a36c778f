using Cake.Core.Diagnostics;

namespace Cake.Frosting.Tests.CommandLine;

internal sealed class VerbosityTests
{
    [TestCase("q", Verbosity.Quiet)]
    [TestCase("quiet", Verbosity.Quiet)]
    [TestCase("m", Verbosity.Minimal)]
    [TestCase("minimal", Verbosity.Minimal)]
    [TestCase("n", Verbosity.Normal)]
    [TestCase("normal", Verbosity.Normal)]
    [TestCase("v", Verbosity.Verbose)]
    [TestCase("verbose", Verbosity.Verbose)]
    [TestCase("d", Verbosity.Diagnostic)]
    [TestCase("Diagnostic", Verbosity.Diagnostic)]
    public void The_verbosity_is_set_by_name_or_first_letter(string name, Verbosity expected)
    {
        Assert.That(VerbosityAfter($"--verbosity={name}"), Is.EqualTo(expected));
        Assert.That(VerbosityAfter("-v", name), Is.EqualTo(expected));
    }

    [Test]
    public void The_verbosity_is_normal_unless_set() => Assert.That(VerbosityAfter(), Is.EqualTo(Verbosity.Normal));

    private static Verbosity VerbosityAfter(params string[] args)
    {
        var host = new TestHost().Task<Default>();
        Assert.That(host.Run(args), Is.Zero);
        return host.Log.Verbosity;
    }

    private sealed class Default(Steps steps) : RecordedTask(steps);
}
