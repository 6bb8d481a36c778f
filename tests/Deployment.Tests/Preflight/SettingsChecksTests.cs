using Slipway.Deployment.Preflight;
using Slipway.Deployment.Preflight.Checks;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Preflight.CheckState;

namespace Slipway.Deployment.Tests.Preflight;

public sealed class SettingsChecksTests
{
    private static readonly SettingsResult Valid = new(
        TestSettings.Local with { Environment = "production", Values = [new SettingValue("cluster", "emotional-parrot", "infra/environments/production.json")] }, []);

    private static readonly SettingsResult Refused = new(null, [new SettingsProblem("AWS_REGION", "'us-east-1 ' has blanks around it.", "Give a value.")]);

    [Test]
    public void Refused_settings_are_ng_each_with_its_origin_and_nothing_else_is_asked()
    {
        var verification = VerifyEnvironment.OfRefused(Refused, _ => null);

        Assert.That(verification.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        var node = verification.Groups[0].Children[0];
        Assert.That((node.State, node.Name, node.Found, node.Remedy), Is.EqualTo((Ng, "AWS_REGION", "'us-east-1 ' has blanks around it.", "give a value")));
        Assert.That(verification.Groups[1].State, Is.EqualTo(Skip));
    }

    [Test]
    public void Outside_of_a_job_there_are_no_workflow_variables() => Assert.That(WorkflowVariables.Of(Valid, _ => null).State, Is.EqualTo(Skip));

    [Test]
    public void A_variable_that_is_empty_and_that_a_file_gives_is_ok_with_its_origin()
    {
        var node = Child(Valid, "ECS_CLUSTER", ("ECS_CLUSTER", ""));

        Assert.That((node.State, node.Found), Is.EqualTo((Ok, "is empty; 'emotional-parrot' comes from infra/environments/production.json")));
    }

    [Test]
    public void A_variable_that_is_empty_and_that_nothing_else_gives_is_ng()
    {
        var node = Child(Refused, "ECR_REPOSITORY", ("ECR_REPOSITORY", " "));

        Assert.That((node.State, node.Found), Is.EqualTo((Ng, "ECR_REPOSITORY is empty.")));
        Assert.That(node.Remedy, Does.Contain("variables or secrets"));
    }

    [Test]
    public void The_other_name_of_the_region_counts() =>
        Assert.That(Child(Refused, "AWS_REGION", ("AWS_DEFAULT_REGION", "us-east-1")).Found, Is.EqualTo("AWS_DEFAULT_REGION is set"));

    [TestCase("AWS_ROLE_ARN", Ok, "AWS_ROLE_ARN is set")]
    [TestCase("AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY", Ok, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set")]
    [TestCase("AWS_ACCESS_KEY_ID", Ng, "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is empty.")]
    [TestCase("AWS_SECRET_ACCESS_KEY", Ng, "AWS_SECRET_ACCESS_KEY is set, and AWS_ACCESS_KEY_ID is empty.")]
    [TestCase("AWS_PROFILE", Ok, "AWS_PROFILE is set")]
    [TestCase("", Ng, "AWS_ROLE_ARN is empty, and so are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")]
    public void Credentials_come_as_a_role_or_as_both_keys(string names, CheckState state, string found)
    {
        var node = Child(Valid, "credentials", [.. names.Split(' ').Select(name => (name, "a-secret"))]);

        Assert.That((node.State, node.Found), Is.EqualTo((state, found)));
    }

    [Test]
    public void No_value_of_a_variable_is_ever_shown()
    {
        var node = WorkflowVariables.Of(Refused, name => name == "GITHUB_ACTIONS" ? "true" : "planted-value");

        Assert.That(VerifiedWorld.All([node]).Select(leaf => $"{leaf.Found}{leaf.Remedy}"), Has.None.Contains("planted-value"));
    }

    private static CheckNode Child(SettingsResult result, string name, params (string Name, string Value)[] variables)
    {
        var values = variables.ToDictionary(variable => variable.Name, variable => (string?)variable.Value);
        values["GITHUB_ACTIONS"] = "true";
        return WorkflowVariables.Of(result, variable => values.GetValueOrDefault(variable)).Children.Single(child => child.Name == name);
    }
}
