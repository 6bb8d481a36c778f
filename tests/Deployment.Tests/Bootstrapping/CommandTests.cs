using System.Text.RegularExpressions;
using Slipway.Deployment.Bootstrapping;
using Slipway.Deployment.Tests.Support;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.Deployment.Tests.Bootstrapping;

/// <summary>What is printed can be run as it is.</summary>
public sealed partial class CommandTests
{
    private static readonly AccountPart[] AllMissing =
        [.. Enum.GetValues<PartKind>().Select(kind => new AccountPart(kind, $"/a {kind}'s $name", Presence.Missing))];

    private static readonly StackCommand Stack = new(TestSettings.Local with { Service = "o'brien's; echo $HOME `id`" }, AllMissing);

    [Test]
    public async Task A_shell_reads_every_argument_as_it_is_meant()
    {
        string[] odd = ["plain", "", "two words", "it's", "$HOME", "`id`", "a\"b", "a\\b", "*", "~", "a;b&c|d", "new\nline", "ä", "--x={y=[z]}", "#no"];

        var run = await Tool.RunAsync(Tool.Find("sh"), ["-c", $"printf '%s\\0' {ShellText.Command(odd)}"]);

        Assert.That(run.Output.Split('\0')[..^1], Is.EqualTo(odd));
    }

    [TestCase("service.yaml")]
    [TestCase("github-deploy.yaml")]
    public async Task The_commands_name_parameters_that_the_template_has_and_all_that_have_no_default(string template)
    {
        var (declared, required) = Parameters(template);
        var command = template == "service.yaml" ? Stack.Service() : Stack.Roles("octo-org", "parrots");
        var run = await Tool.RunAsync(Tool.Find("sh"), ["-c", $"printf '%s\\0' {command}"]);
        var arguments = run.Output.Split('\0')[..^1];

        var given = arguments.SkipWhile(argument => argument != "--parameter-overrides").Skip(1).Select(argument => argument.Split('=')[0]).ToList();

        Assert.That(given, Is.Not.Empty.And.Unique.And.SubsetOf(declared));
        Assert.That(required, Is.SubsetOf(given));
        Assert.That(arguments, Does.Contain($"infra/{template}"));
        Assert.That(arguments, Has.Some.StartsWith("ServiceName=o'brien's; echo $HOME `id`"));
    }

    [Test]
    public void Every_create_parameter_of_the_service_is_said()
    {
        var creates = Parameters("service.yaml").Declared.Where(name => name.StartsWith("Create", StringComparison.Ordinal));

        Assert.That(creates, Is.All.Matches<string>(name => Stack.Service().Contains($" {name}=true", StringComparison.Ordinal)));
    }

    [Test]
    public void The_output_that_GitHub_gets_is_one_of_the_template()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Shipped", "github-deploy.yaml"));
        var commands = GitHubCommands.Roles(TestSettings.Local, Stack).Commands;

        Assert.That(commands, Has.Count.EqualTo(2));
        foreach (var command in commands) Assert.That(text, Does.Contain($"\n  {Output().Match(command).Groups[1].Value}:\n"));
    }

    private static (List<string> Declared, List<string> Required) Parameters(string template)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Shipped", template)).ReplaceLineEndings("\n");
        var section = text.Split("\nParameters:\n")[1].Split("\nConditions:\n")[0];
        var blocks = Parameter().Matches(section).Select(match => (Name: match.Groups[1].Value, Text: match.Value)).ToList();
        return ([.. blocks.Select(block => block.Name)], [.. blocks.Where(block => !block.Text.Contains("Default:", StringComparison.Ordinal)).Select(block => block.Name)]);
    }

    [GeneratedRegex(@"^  (\w+):.*(?:\n(?:    .*|))*", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"OutputKey=='\\''(\w+)'")]
    private static partial Regex Output();
}
