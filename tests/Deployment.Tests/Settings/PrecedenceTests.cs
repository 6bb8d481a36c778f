using Slipway.Deployment.Images;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Settings;

internal sealed class PrecedenceTests
{
    [TestCase("", "", "eu-central-1", "infra/environments/production.json")]
    [TestCase("", "AWS_DEFAULT_REGION=eu-west-2", "eu-west-2", "AWS_DEFAULT_REGION")]
    [TestCase("", "AWS_REGION=eu-west-1;AWS_DEFAULT_REGION=eu-west-2", "eu-west-1", "AWS_REGION")]
    [TestCase("--region=eu-west-3", "AWS_REGION=eu-west-1;AWS_DEFAULT_REGION=eu-west-2", "eu-west-3", "--region")]
    [TestCase("", "AWS_REGION=", "eu-central-1", "infra/environments/production.json")]
    public void The_command_line_goes_before_a_variable_before_the_file(string arguments, string variables, string region, string origin)
    {
        var settings = Read($"--environment=production {arguments}".Trim(), variables);

        Assert.Multiple(() =>
        {
            Assert.That(settings.Region, Is.EqualTo(region));
            Assert.That(Value(settings, "region"), Is.EqualTo(new SettingValue("region", region, origin)));
        });
    }

    [TestCase("ECR_REPOSITORY=other", "repository")]
    [TestCase("ECS_CLUSTER=other", "cluster")]
    [TestCase("ECS_SERVICE=other", "service")]
    [TestCase("SLIPWAY_CONTAINER=other", "container")]
    [TestCase("SLIPWAY_IMAGE_TAG=other", "image-tag")]
    [TestCase("SLIPWAY_DOCKERFILE=other", "dockerfile")]
    [TestCase("SLIPWAY_TASK_DEFINITION=other", "task-definition")]
    [TestCase("SLIPWAY_PROJECT=other", "project")]
    public void Every_variable_reaches_its_setting(string variable, string name)
    {
        var settings = Read("--environment=production", variable);

        Assert.That(Value(settings, name), Is.EqualTo(new SettingValue(name, "other", variable.Split('=')[0])));
    }

    [TestCase("AWS_REGION=eu-west-1", "region", "us-east-1")]
    [TestCase("AWS_DEFAULT_REGION=eu-west-1", "region", "us-east-1")]
    [TestCase("ECS_CLUSTER=other", "cluster", "emotional-parrot")]
    [TestCase("ECS_SERVICE=other", "service", "stream-ml-service-1")]
    [TestCase("ECR_REPOSITORY=other", "repository", "stream-ml-service")]
    public void The_names_of_a_real_account_in_a_shell_do_not_reach_the_embedded_cloud(string variable, string name, string value)
    {
        var settings = Read("", variable);

        Assert.That(Value(settings, name), Is.EqualTo(new SettingValue(name, value, "infra/environments/local.json")));
    }

    [TestCase("--platform=linux/arm64", "linux/arm64")]
    [TestCase("--platform=linux/arm64,linux/amd64", "linux/amd64,linux/arm64")]
    [TestCase("--platform=linux/arm64 --platform=linux/amd64 --platform=linux/amd64", "linux/amd64,linux/arm64")]
    public void An_image_is_built_for_one_platform_or_for_several(string arguments, string platform) =>
        Assert.That(Read($"--environment=production {arguments}", "").Platform, Is.EqualTo(platform));

    [Test]
    public void What_nobody_says_has_a_default()
    {
        var settings = Read("--environment=production", "");

        Assert.Multiple(() =>
        {
            Assert.That(settings.TaskDefinition, Is.EqualTo(new TaskDefinitionSource.File("infra/ecs-task-def.json")));
            Assert.That(settings.Timeout, Is.EqualTo(TimeSpan.FromMinutes(20)));
            Assert.That(settings.Builder, Is.EqualTo(ImageBuilderKind.Auto));
            Assert.That(settings.Platform, Is.EqualTo("linux/amd64"));
            Assert.That(settings.BaseImage, Is.Null);
            Assert.That(settings.DesiredCount, Is.Null);
            Assert.That(settings.AccountId, Is.Null);
            Assert.That(settings.LocalCloud, Is.Null);
            Assert.That(settings.TestProjects, Is.EqualTo(new[] { "tests/StreamMlService.Tests" }));
            Assert.That(Value(settings, "timeout"), Is.EqualTo(new SettingValue("timeout", "20m", "default")));
            Assert.That(Value(settings, "desired-count"), Is.EqualTo(new SettingValue("desired-count", null, "unset")));
        });
    }

    [Test]
    public void An_environment_on_the_embedded_cloud_takes_its_base_image_and_platform_from_this_machine()
    {
        var settings = Read("--local-cloud-port=26001 --front-door-port=26002 --runtime=process --local-cloud-faults=infra/faults.json", "");

        Assert.Multiple(() =>
        {
            Assert.That(settings.Environment, Is.EqualTo("local"));
            Assert.That(settings.LocalCloud, Is.EqualTo(new LocalCloudSettings(26001, 26002, "process") { Faults = "infra/faults.json" }));
            Assert.That(settings.BaseImage, Is.EqualTo("127.0.0.1:26001/dotnet/aspnet:10.0"));
            Assert.That(settings.Platform, Is.EqualTo("linux/arm64"));
            Assert.That(settings.DesiredCount, Is.EqualTo(1));
            Assert.That(settings.Timeout, Is.EqualTo(TimeSpan.FromMinutes(5)));
        });
    }

    [Test]
    public void A_variable_for_the_embedded_cloud_does_not_disturb_an_environment_on_AWS()
    {
        var settings = Read("--environment=production", "SLIPWAY_LOCAL_CLOUD_PORT=26001");

        Assert.That(settings.LocalCloud, Is.Null);
    }

    [TestCase("--rebuild", true)]
    [TestCase("--rebuild=true", true)]
    [TestCase("--rebuild=false", false)]
    [TestCase("", false)]
    public void A_flag_is_set_by_its_name_alone(string arguments, bool expected) =>
        Assert.That(Read(arguments, "").Rebuild, Is.EqualTo(expected));

    [TestCase("--test-projects=tests/A,tests/B", "")]
    [TestCase("--test-projects=tests/A --test-projects=tests/B", "")]
    [TestCase("", "SLIPWAY_TEST_PROJECTS=tests/A, tests/B")]
    public void Test_projects_are_a_list(string arguments, string variables) =>
        Assert.That(Read(arguments, variables).TestProjects, Is.EqualTo(new[] { "tests/A", "tests/B" }));

    [Test]
    public void Credentials_are_listed_for_AWS_and_never_shown()
    {
        var settings =
            Read("--environment=production",
                "AWS_ACCESS_KEY_ID=AKIAVISIBLE123456;AWS_SECRET_ACCESS_KEY=very-secret;AWS_SESSION_TOKEN=token-secret;AWS_PROFILE=team");

        Assert.Multiple(() =>
        {
            Assert.That(Value(settings, "AWS_SECRET_ACCESS_KEY")!.Value, Is.EqualTo("(set, hidden)"));
            Assert.That(Value(settings, "AWS_PROFILE")!.Value, Is.EqualTo("team"));
            Assert.That(
                string.Join(' ', settings.Values),
                Does.Not.Contain("secret ").And.Not.Contain("very-secret").And.Not.Contain("token-secret").And.Not.Contain("AKIAVISIBLE"));
        });
    }

    [Test]
    public void Every_setting_of_the_table_is_listed_once()
    {
        var names = Read("", "").Values.Select(v => v.Name);

        Assert.That(names, Is.EqualTo(SettingsOptions.All.Where(o => !o.IsSwitch).Select(o => o.Name).Append("credentials")));
    }

    [TestCase("local")]
    [TestCase("production")]
    public void The_shipped_environments_are_valid(string name)
    {
        var files =
            Sources.FilesWith(
                name, File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Shipped", "environments", name + ".json")));

        var result = SettingsReader.Read(Sources.Of([$"--environment={name}"], [], files));

        Assert.That(result.Problems, Is.Empty);
    }

    private static DeploymentSettings Read(string arguments, string variables) => SettingsReader.Read(Sources.Of(
        arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        variables.Split(';', StringSplitOptions.RemoveEmptyEntries))).Require();

    private static SettingValue? Value(DeploymentSettings settings, string name) => settings.Values.SingleOrDefault(v => v.Name == name);
}
