using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Planning;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Validation;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Output;

[TestFixture]
internal sealed class PlanViewTests
{
    private static readonly TaskDefinitionRule Rule = new("fargate-size", FindingSeverity.Warning, "A size", "Developer Guide");

    private static readonly DeploymentPlan Plan = new()
    {
        Environment = "production",
        Region = "us-east-1",
        Settings = [new SettingValue("cluster", "parrot", "ECS_CLUSTER")],
        Image = new ImagePlan(ImageChange.Build, "web:1", null, "sdk", "linux/amd64"),
        TaskDefinition = new TaskDefinitionPlan(
            TaskDefinitionChange.Register, "web", "web:7", "web:8", [new Difference("containerDefinitions[web].environment[A]", "\"[red]old[/]\"", "\"new\"")]),
        Service = new ServicePlan("web-1", "parrot", "web:7", "web:8", 1, 2, true, []),
        Calls = [new PlannedCall("ecs:DescribeServices", false, "web-1"), new PlannedCall("ecs:UpdateService", true, "web-1, task definition web:8")],
        Findings = [new Finding(Rule, "infra/ecs-task-def.json", 1, 2, "cpu", "Odd.", "1", "2")],
        Warnings = ["Deployment 'ecs-svc/1' of 'web:7' is under way."],
    };

    [Test]
    public void A_plan_reads_from_what_was_told_to_what_would_be_done() => Assert.That(Show(Plan, live: false), Is.EqualTo(
        """

        Settings that are not defaults
          cluster  parrot (ECS_CLUSTER)

        Image
          + 'web:1' would be built (sdk, linux/amd64) and pushed (digest known after the push).

        Task definition
          ~ 'web:8' would be registered (ECS gives the number) and take the place of 'web:7'.
            containerDefinitions[web].environment[A]
            - "[red]old[/]"
            + "new"

        Service web-1
          ~ revision: 'web:7' -> 'web:8'
          ~ desired count: 1 -> 2

        Findings
          Warning: infra/ecs-task-def.json:1:2: cpu: Odd. Found 1; allowed: 2. [fargate-size: Developer Guide]

        API calls
          reads   ecs:DescribeServices  web-1
          WRITES  ecs:UpdateService     web-1, task definition web:8
          Warning: Deployment 'ecs-svc/1' of 'web:7' is under way.

        In short
          Deploy would build and push 'web:1', register 'web:8', update service 'web-1'.

        """.ReplaceLineEndings("\n")));

    [Test]
    public void On_a_terminal_of_eighty_columns_no_line_is_longer() =>
        Assert.That(Show(Plan, live: true).Split('\n'), Has.All.Length.LessThanOrEqualTo(80));

    [Test]
    public void A_plan_whose_deploy_would_fail_ends_with_every_problem_and_its_remedy()
    {
        var shown = Show(
            Plan with
            {
                Image = null,
                Service = null,
                Problems =
                [
                    new PlanProblem("Push", "no right\nto push", "allow it", ExitCode.PreconditionFailed),
                    new PlanProblem("DeployEcs", "no service", null, ExitCode.PreconditionFailed),
                ],
            },
            live: false);

        Assert.That(shown, Does.Contain("  ? Not known, because Push would fail.\n").And.Contain("  ? Not known, because DeployEcs would fail.\n"));
        Assert.That(shown, Does.EndWith("Deploy would fail: there are 2 problems.\n  Push: no right\n  to push\n  Try: allow it\n  DeployEcs: no service\n"));
    }

    private static string Show(DeploymentPlan plan, bool live)
    {
        using var console = new TestConsole().Width(live ? 80 : 10_000);
        new PlanView(new ConsoleReport(console, live)).Show(plan);
        return console.Output.ReplaceLineEndings("\n");
    }
}
