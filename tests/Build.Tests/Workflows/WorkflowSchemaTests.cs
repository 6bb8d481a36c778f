using System.Diagnostics;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Build.Tests.Workflows;

/// <summary>The workflows against GitHub's schema, by a validator of others, which is installed for the purpose.</summary>
[TestFixture]
internal sealed class WorkflowSchemaTests
{
    private static readonly string[] Packages = ["@action-validator/core@0.6.0", "@action-validator/cli@0.6.0"];

    private readonly TemporaryFolder _folder = new();

    private static IReadOnlyList<Workflow> All => Workflow.All;

    [OneTimeSetUp]
    public void Install()
    {
        _folder.Write("package.json", """{ "private": true }""");
        var (code, output) = Run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", .. Packages]);
        if (code != 0) Assert.Ignore($"The workflow validator could not be installed: {output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("npm is not there")}");
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [TestCaseSource(nameof(All))]
    public void It_is_a_workflow(Workflow workflow)
    {
        var (code, output) = Validate(workflow.Text);

        Assert.That(code, Is.Zero, output);
    }

    [TestCase("runs-on: ubuntu-24.04", "run-on: ubuntu-24.04", "run-on")]
    [TestCase("needs: test", "needs: tests", "tests")]
    [TestCase("timeout-minutes: 60", "timeout-minutes: soon", "timeout-minutes")]
    [TestCase("id-token: write", "id-token: always", "id-token")]
    public void A_mistake_is_found(string right, string wrong, string named)
    {
        Assert.That(All[0].Text, Does.Contain(right));

        var (code, output) = Validate(All[0].Text.Replace(right, wrong, StringComparison.Ordinal));

        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Does.Contain(named));
    }

    private (int Code, string Output) Validate(string workflow)
    {
        _folder.Write(".github/workflows/workflow.yml", workflow);
        return Run("node", [_folder.Combine("node_modules/@action-validator/cli/cli.mjs"), ".github/workflows/workflow.yml"]);
    }

    private (int Code, string Output) Run(string program, IEnumerable<string> arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, string.Empty);
        }

        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
