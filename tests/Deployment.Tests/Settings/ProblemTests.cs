using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Settings;

internal sealed class ProblemTests
{
    [TestCase("--region=us_east", "--region: 'us_east' is no AWS region.", "us-east-1")]
    [TestCase("--region=", "--region: '' is empty.", "Give a value")]
    [TestCase("--account-id=1234", "--account-id: '1234' is no AWS account id.", "twelve digits")]
    [TestCase("--repository=123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:latest", "is an image's address, not a repository's name.", "'team/app'")]
    [TestCase("--repository=Team/App", "--repository: 'Team/App' is no ECR repository's name.", "lower case")]
    [TestCase("--cluster=a/b", "--cluster: 'a/b' is no cluster's name or ARN.", "ARN")]
    [TestCase("--cluster=arn:aws:ecs:eu-west-1:123456789012:cluster/x", "is in another region than 'us-east-1' (infra/environments/local.json:2:13).", "same")]
    [TestCase("--cluster=arn:aws:ecs:us-east-1:210987654321:cluster/x", "is in another account than '123456789012'", "same")]
    [TestCase("--service=arn:aws:ecs:us-east-1:123456789012:service/c/web", "is no service's name.", "'web'")]
    [TestCase("--image=Not An Image", "'Not An Image' is no image's address.", "host/name:tag")]
    [TestCase("--image=127.0.0.1:4570/app", "names neither tag nor digest.", "127.0.0.1:4570/app:<tag>")]
    [TestCase("--image-tag=-x", "--image-tag: '-x' is no image tag.", "128")]
    [TestCase("--task-definition=/etc/passwd", "'/etc/passwd' is no path inside the repository.", "relative")]
    [TestCase("--dockerfile=../Dockerfile", "'../Dockerfile' is no path inside the repository.", "..")]
    [TestCase(@"--project=C:\app", "is no path inside the repository.", "relative")]
    [TestCase("--base-image=::", "'::' is no image's address.", "mcr.microsoft.com")]
    [TestCase("--platform=linux/amd46", "'linux/amd46' is no platform.", "Did you mean 'linux/amd64'?")]
    [TestCase("--builder=kaniko", "'kaniko' is no builder.", "One of: auto, docker, sdk.")]
    [TestCase("--rebuild=maybe", "'maybe' is neither true nor false.", "--rebuild=false")]
    [TestCase("--desired-count=-1", "'-1' is no desired-count.", "from 0 to 5000")]
    [TestCase("--desired-count=two", "'two' is no desired-count.", "whole number")]
    [TestCase("--desired-count=99999999999999999999", "is no desired-count.", "whole number")]
    [TestCase("--timeout=5", "'5' is no duration.", "1h30m")]
    [TestCase("--timeout=0s", "'0s' is out of bounds for a timeout.", "1s to 24h")]
    [TestCase("--timeout=25h", "'25h' is out of bounds for a timeout.", "1s to 24h")]
    [TestCase("--local-cloud-port=0", "'0' is no local-cloud-port.", "1 to 65535")]
    [TestCase("--front-door-port=65536", "'65536' is no front-door-port.", "1 to 65535")]
    [TestCase("--front-door-port=4570", "cannot both listen on 4570.", "two ports")]
    [TestCase("--region=us-east-1 --region=us-east-2", "was given 2 times.", "once")]
    [TestCase("--environment=production --local-cloud-port=4571", "this environment is not on the embedded cloud.", "localCloud")]
    [TestCase("--on-cancel=stop", "'stop' is no on-cancel.", "One of: leave, rollback.")]
    [TestCase("--pre-deploy-task=migrate", "'migrate' is no JSON array of strings.", "--pre-deploy-task=")]
    [TestCase("--pre-deploy-task=[]", "the command is empty.", "--pre-deploy-task=")]
    [TestCase("--pre-deploy-task-definition=a/b", "'a/b' is no task definition.", "family:42")]
    [TestCase("--task-container=a.b", "'a.b' is no container's name.", "letters")]
    [TestCase("--task-timeout=25h", "'25h' is out of bounds for a timeout.", "1s to 24h")]
    [TestCase("--test-projects=../a", "'../a' is no path inside the repository.", "relative")]
    public void A_value_that_cannot_be_is_refused_with_a_remedy(string arguments, string problem, string remedy)
    {
        var result = SettingsReader.Read(Sources.Of(Split(arguments)));

        Assert.Multiple(() =>
        {
            Assert.That(result.Settings, Is.Null);
            Assert.That(result.Problems, Has.Count.EqualTo(1), string.Join('\n', result.Problems));
            Assert.That($"{result.Problems[0].Origin}: {result.Problems[0].Message}", Does.Contain(problem));
            Assert.That(result.Problems[0].Remedy, Does.Contain(remedy));
        });
    }

    [TestCase("https://somebody:s3cr3t@web.test/health ", 1, "has blanks around it")]
    [TestCase("https://somebody:s3cr3t@web.test/health", 2, "was given 2 times.")]
    public void A_value_that_may_hold_a_secret_is_not_quoted(string url, int times, string problem)
    {
        var result = SettingsReader.Read(Sources.Of([.. Enumerable.Repeat($"--smoke-url={url}", times)]));

        Assert.That(result.Problems.Single().Message, Does.Contain(problem).And.Not.Contain("s3cr3t"));
    }

    [Test]
    public void Every_problem_is_told_at_once()
    {
        var result =
            SettingsReader.Read(
                Sources.Of(["--environment=empty", "--timeout=5", "--builder=x"], ["ECS_CLUSTER=a b"], Sources.FilesWith("empty", "{}")));

        Assert.That(
            result.Problems.Select(p => p.Origin),
            Is.EquivalentTo(new[] { "--region", "--repository", "--service", "ECS_CLUSTER", "--timeout", "--builder" }));
    }

    [Test]
    public void A_missing_setting_names_all_ways_to_give_it()
    {
        var files = Sources.FilesWith("empty", """{ "repository": "a2", "cluster": "b", "service": "c" }""");

        var failure = Assert.Throws<SlipwayException>(() => SettingsReader.Read(Sources.Of(["--environment=empty"], [], files)).Require());

        Assert.Multiple(() =>
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
            Assert.That(failure.Message, Is.EqualTo("--region: is not set."));
            Assert.That(failure.Remedy, Is.EqualTo("Give --region=…, set AWS_REGION, or add 'region' to the environment's file."));
        });
    }

    [Test]
    public void Several_problems_make_one_exception_with_all_of_them()
    {
        var failure = Assert.Throws<SlipwayException>(() => SettingsReader.Read(Sources.Of(["--timeout=5", "--builder=x"])).Require());

        Assert.That(failure.Message.ReplaceLineEndings("\n"), Is.EqualTo(
            """
            2 problems with the settings:
              --builder: 'x' is no builder.
                  One of: auto, docker, sdk.
              --timeout: '5' is no duration.
                  Give numbers with units, like 90s, 20m or 1h30m.
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Control_characters_in_a_value_never_reach_the_terminal()
    {
        var result = SettingsReader.Read(Sources.Of(["--cluster=a\u001b[31mb"]));

        Assert.That(result.Problems.Single().ToString(), Does.Not.Contain('\u001b'));
    }

    private static string[] Split(string arguments) =>
        arguments.StartsWith("--image=Not", StringComparison.Ordinal) ? [arguments] : arguments.Split(' ');
}
