using Slipway.Build.Output;
using Slipway.Deployment.Preflight;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Output;

[TestFixture]
internal sealed class VerifyViewTests
{
    private static readonly Verification Found = new("production", "us-east-1", "123456789012",
    [
        new CheckNode("Registry", CheckState.Ng, null)
        {
            Children =
            [
                new CheckNode("login", CheckState.Ok, "a token for 'https://123456789012.dkr.ecr.us-east-1.amazonaws.com', good for 12 h"),
                new CheckNode("repository", CheckState.Ng, "The repository is not [there].", "create it"),
            ],
        },
        new CheckNode("Task definition", CheckState.Skip, null)
        {
            Children =
            [
                new CheckNode("secrets", CheckState.Skip, null)
                {
                    Children = [new CheckNode("parameter/stream-ml-service/database/password", CheckState.Skip, "because the service is not known", "allow it")],
                },
            ],
        },
    ]);

    [Test]
    public void The_tree_is_readable_without_colour() => Assert.That(Show(120, live: false), Is.EqualTo(
        """

        Registry
          OK    login             a token for 'https://123456789012.dkr.ecr.us-east-1.amazonaws.com', good for 12 h
          NG    repository        The repository is not [there].
                                  Try: create it

        Task definition
          SKIP  secrets
          SKIP    parameter/stream-ml-service/database/password
                                                  because the service is not known
                                                  Advice: allow it

        In short
          One check of 3 is NG; one is skipped.

        """.ReplaceLineEndings("\n")));

    [Test]
    public void On_a_narrow_terminal_the_text_stays_in_its_column()
    {
        var lines = Show(80, live: true).Split('\n');

        Assert.That(lines, Has.All.Matches<string>(line => line!.Length <= 80 || line.Contains("https://", StringComparison.Ordinal)));
        Assert.That(lines, Has.Some.StartsWith("                      ").And.Some.Contains("good for"));
    }

    private static string Show(int width, bool live)
    {
        using var console = new TestConsole().Width(width);
        new VerifyView(new ConsoleReport(console, live)).Show(Found);
        return string.Join('\n', console.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
    }
}
