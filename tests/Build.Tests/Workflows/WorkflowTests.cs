using System.Text.RegularExpressions;
using Slipway.Build.Hosting;
using Slipway.Deployment.Settings;
using YamlDotNet.RepresentationModel;

namespace Slipway.Build.Tests.Workflows;

[TestFixture]
internal sealed partial class WorkflowTests
{
    private static readonly RepositoryRoot Root = RepositoryRoot.Find(AppContext.BaseDirectory);

    private static IReadOnlyList<Workflow> All => Workflow.All;

    [Test]
    public void There_are_two() => Assert.That(All.Select(workflow => workflow.Name), Is.EqualTo(new[] { "ci-cd.yml", "upstream-packages.yml" }));

    [TestCaseSource(nameof(All))]
    public void Every_command_is_one_line_of_the_script_with_targets_and_options_that_exist(Workflow workflow)
    {
        var targets = TargetCatalogue.Find(typeof(Program).Assembly).Select(target => target.Name).ToList();
        var commands = workflow.Steps.Select(step => Workflow.TextOf(step, "run")).OfType<string>().ToList();

        Assert.That(commands, Is.Not.Empty);
        foreach (var command in commands)
        {
            Assert.That(command, Does.Match(@"\A\./build\.sh( --[a-z][a-zA-Z0-9=-]*)+\z"), "logic is in the script, and nothing is spliced into a shell");
            var line = CommandLine.Parse(command.Split(' ')[1..], targets);
            Assert.That(line.Targets, Has.Count.EqualTo(1));
            if (line.Values.TryGetValue("environment", out var environment)) Assert.That(EnvironmentFile(environment.Single()), Does.Exist);
        }
    }

    [Test]
    public void The_environments_to_choose_from_exist()
    {
        var input = Workflow.Find(All[0].Root, "on", "workflow_dispatch", "inputs", "environment")!;

        Assert.That(((YamlSequenceNode)input["options"]).Select(option => EnvironmentFile(option.ToString())), Is.Not.Empty.And.All.Exist);
        Assert.That(All[0].Text, Does.Contain($"inputs.environment || '{Workflow.TextOf(input, "default")}'"));
    }

    [TestCaseSource(nameof(All))]
    public void Every_variable_is_read_by_somebody(Workflow workflow)
    {
        var unknown = Workflow.Variables(workflow.Root).Select(variable => variable.Name).Except(KnownVariables.All).ToList();

        Assert.That(unknown, Is.Empty, "KnownVariables lists them with their readers");
    }

    [TestCase("plan")]
    [TestCase("deploy")]
    public void Names_are_read_as_variables_first_and_else_as_secrets_which_the_run_is_told(string job)
    {
        var variables = Workflow.Variables(JobOf(job)).ToDictionary();

        foreach (var name in new[] { "AWS_REGION", "ECR_REPOSITORY", "ECS_CLUSTER", "ECS_SERVICE" })
        {
            Assert.That(variables[name], Is.EqualTo($"${{{{ vars.{name} || secrets.{name} }}}}"));
            Assert.That(variables[NamesFromSecrets.Variable], Does.Contain($"${{{{ !vars.{name} && secrets.{name} && '{name}' || '' }}}}"));
        }

        Assert.That(variables["AWS_ACCESS_KEY_ID"], Is.EqualTo("${{ secrets.AWS_ACCESS_KEY_ID }}"));
        Assert.That(variables["AWS_SECRET_ACCESS_KEY"], Is.EqualTo("${{ secrets.AWS_SECRET_ACCESS_KEY }}"));
        Assert.That(variables["AWS_ROLE_ARN"], Does.Contain(job == "plan" ? "vars.AWS_PLAN_ROLE_ARN" : "vars.AWS_ROLE_ARN"));
    }

    [TestCaseSource(nameof(All))]
    public void Every_action_is_pinned_by_commit_with_its_version_beside_it(Workflow workflow)
    {
        var uses = Uses.Matches(workflow.Text).Select(match => match.Value.Trim()).ToList();

        Assert.That(uses, Has.Count.EqualTo(workflow.Steps.Count(step => Workflow.TextOf(step, "uses") is not null)).And.Not.Empty);
        Assert.That(uses, Has.All.Match(@"\A(- )?uses: [a-z]+/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\z"));
    }

    [Test]
    public void An_action_has_one_pin() => Assert.That(
        All.SelectMany(workflow => workflow.Steps).Select(step => Workflow.TextOf(step, "uses")).OfType<string>().Distinct().Select(uses => uses.Split('@')[0]),
        Is.Unique);

    [TestCaseSource(nameof(All))]
    public void Rights_are_the_least(Workflow workflow)
    {
        Assert.That(Rights(workflow.Root), Is.EqualTo(new[] { "contents: read" }), "what a job does not ask for itself");
        foreach (var (name, job) in workflow.Jobs)
        {
            var needsToken = Workflow.Variables(job).Any(variable => variable.Name == "AWS_ROLE_ARN");
            Assert.That(Rights(job), Is.EqualTo(needsToken ? new[] { "contents: read", "id-token: write" } : []), name);
        }
    }

    [Test]
    public void Only_one_deployment_of_an_environment_runs_and_none_is_cancelled()
    {
        var deploy = JobOf("deploy");

        Assert.That(Workflow.TextOf(deploy, "concurrency", "group"), Does.Contain("inputs.environment || 'production'"));
        Assert.That(Workflow.TextOf(deploy, "concurrency", "cancel-in-progress"), Is.EqualTo("false"));
        Assert.That(Workflow.TextOf(deploy, "environment"), Is.EqualTo("${{ inputs.environment || 'production' }}"));
        Assert.That(Workflow.TextOf(deploy, "needs"), Is.EqualTo("test"));
    }

    [Test]
    public void Runs_of_a_branch_follow_each_other_so_that_no_older_commit_is_deployed_over_a_newer_one()
    {
        var root = All[0].Root;

        Assert.That(Workflow.TextOf(root, "concurrency", "group"), Is.EqualTo("ci-cd-${{ inputs.image && github.run_id || github.ref }}"));
        Assert.That(Workflow.TextOf(root, "concurrency", "cancel-in-progress"), Is.EqualTo("${{ github.event_name == 'pull_request' }}"));
        Assert.That(Workflow.TextOf(JobOf("deploy"), "concurrency", "group"), Does.Not.StartWith("ci-cd-"), "a job would wait for its own run");
    }

    [Test]
    public void A_job_lasts_longer_than_the_script_waits()
    {
        var minutes = int.Parse(Workflow.TextOf(JobOf("deploy"), "timeout-minutes")!, System.Globalization.CultureInfo.InvariantCulture);
        var waits = new EnvironmentFolder(Root.FullPath);
        var settings = SettingsReader.Read(new SettingsSources
        {
            CommandLine = new Dictionary<string, IReadOnlyList<string>> { ["environment"] = ["production"] },
            Variable = _ => null,
            Files = waits,
        }).Require();

        Assert.That(TimeSpan.FromMinutes(minutes), Is.GreaterThan(settings.Timeout + settings.OneOffTask.Timeout + TimeSpan.FromMinutes(10)));
    }

    [TestCaseSource(nameof(All))]
    public void Artifacts_are_kept_also_of_a_failure_and_never_with_a_login(Workflow workflow)
    {
        foreach (var (name, job) in workflow.Jobs)
        {
            var last = Workflow.StepsOf(job).Last();
            Assert.That(Workflow.TextOf(last, "uses"), Does.StartWith("actions/upload-artifact@"), name);
            Assert.That(Workflow.TextOf(last, "if"), Is.EqualTo("${{ always() }}"));
            var paths = Workflow.TextOf(last, "with", "path")!;
            Assert.That(paths.Contains("artifacts/deploy"), Is.EqualTo(paths.Contains("!artifacts/deploy/*/docker-config")));
        }
    }

    [Test]
    public void The_outputs_of_the_job_are_those_that_the_script_writes()
    {
        var outputs = Workflow.Members(JobOf("deploy")["outputs"]).Select(output => (output.Name, output.Value.ToString()));

        Assert.That(outputs, Is.EqualTo(Deployment.Rollouts.Reports.RunResults.Names.Select(name => (name, $"${{{{ steps.deploy.outputs.{name} }}}}"))));
    }

    [Test]
    public void A_pull_request_of_a_fork_or_of_Dependabot_is_not_planned() => Assert.That(Workflow.TextOf(JobOf("plan"), "if"), Is.EqualTo(
        "${{ github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository && github.actor != 'dependabot[bot]' }}"));

    private static YamlMappingNode JobOf(string name) => All[0].Jobs.Single(job => job.Name == name).Node;

    private static string EnvironmentFile(string name) => Root.Combine("infra", "environments", $"{name}.json");

    private static IEnumerable<string> Rights(YamlNode node) =>
        Workflow.Find(node, "permissions") is { } rights ? Workflow.Members(rights).Select(right => $"{right.Name}: {right.Value}") : [];

    [GeneratedRegex(@"^ *(- )?uses: .*$", RegexOptions.Multiline)]
    private static partial Regex Uses { get; }
}
