using System.Text;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Slipway.Deployment.Tests.Aws.GitHub;
using Slipway.Deployment.Tests.Support;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>
/// Runs that are full of marked secrets, chatty ones and failing ones. None of them may be found afterwards: not in the output (but where GitHub's
/// runner is told to hide it), not in an artifact, a log, the job's page, its outputs, a command line, or Docker's configuration.
/// </summary>
[TestFixture]
internal sealed class PlantedSecretsTests
{
    private const string Role = "arn:aws:iam::123456789012:role/deploy";

    private readonly SecretSearch _secrets = new();
    private readonly List<ScriptRun> _runs = [];
    private RolloutCheckout _rollouts = null!;
    private GitHubRunner _runner = null!;
    private string _dockerConfig = null!;
    private string _dockerConfigText = null!;
    private IReadOnlyCollection<string> _processes = [];

    [OneTimeSetUp]
    public async Task RunAsync()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("Command lines of processes are read from /proc.");
        _rollouts = RolloutCheckout.Create();
        _runner = new GitHubRunner(_rollouts.Checkout.Folder);
        _dockerConfig = Path.Combine(_runner.Folder, "docker");
        Directory.CreateDirectory(_dockerConfig);
        var password = Convert.ToBase64String(Encoding.UTF8.GetBytes($"somebody:{Plant("a registry's password")}"));
        _dockerConfigText = $$"""{ "auths": { "registry.test": { "auth": "{{password}}" } } }""";
        await File.WriteAllTextAsync(Path.Combine(_dockerConfig, "config.json"), _dockerConfigText);
        await File.WriteAllTextAsync(
            _rollouts.Checkout.PathOf("infra", "environments", "planted.json"),
            $$"""
            { "region": "us-east-1", "accountId": "123456789012", "repository": "stream-ml-service", "cluster": "emotional-parrot", "service": "stream-ml-service-1",
              "containerPort": 8000, "timeout": "100s", "project": "tests/LocalCloud.TestService", "testProjects": [],
              "baseImage": "127.0.0.1:{{_rollouts.Checkout.Port}}/dotnet/aspnet:10.0" }
            """);
        Plant("ACTIONS_ID_TOKEN_REQUEST_TOKEN", variable: true);
        Plant("GITHUB_TOKEN", variable: true);
        _runner.Environment["DOCKER_CONFIG"] = _dockerConfig;
        _runner.Environment["HTTP_PROXY"] = $"http://somebody:{Plant("a proxy's password")}@127.0.0.1:9";
        _runner.Environment["NO_PROXY"] = "127.0.0.1,localhost";
        _runner.Environment["SLIPWAY_SMOKE_URL"] = $"http://somebody:{Plant("a URL's password")}@127.0.0.1:{_rollouts.Checkout.FrontDoorPort}/health?token={Plant("a URL's token")}";

        await using var processes = new ProcessList();
        _rollouts.Checkout.Edit(
            "infra/ecs-task-def.json", "\"environment\": [", $"\"environment\": [{{ \"name\": \"API_TOKEN\", \"value\": \"{Plant("a secret in the task definition")}\" }},");
        await DeployAsync(0, "--environment=local");
        var session = await AssumeRoleAsync();
        _runner.Environment["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{_rollouts.Checkout.Port}";
        _runner.Environment["AWS_REGION"] = "us-east-1";
        _runner.Environment["AWS_ACCESS_KEY_ID"] = session.AccessKeyId;
        Know("AWS_SECRET_ACCESS_KEY", session.SecretAccessKey);
        Know("AWS_SESSION_TOKEN", session.SessionToken);
        await DeployAsync(0, "--environment=planted", "--env=TEST_VERSION=planted", "--verbosity=diagnostic");
        await DeployAsync(7, "--environment=planted", "--env=TEST_EXIT_CODE=3", "--verbosity=diagnostic");
        _runner.Environment["AWS_SECRET_ACCESS_KEY"] = Plant("a wrong AWS_SECRET_ACCESS_KEY");
        await DeployAsync(3, "--environment=planted", "--verbosity=diagnostic");
        foreach (var name in new[] { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN" }) _runner.Environment[name] = null;
        var token = Tokens.Of("repo:acme/web:environment:production");
        _secrets.Add("the job's token", token);
        await using (var github = new OneAnswer($$"""{ "value": "{{token}}" }"""))
        {
            _runner.Environment["AWS_ROLE_ARN"] = Role;
            _runner.Environment["ACTIONS_ID_TOKEN_REQUEST_URL"] = $"{github.Address}/token";
            await DeployAsync(0, "--environment=planted", "--env=TEST_VERSION=role", "--verbosity=diagnostic");
        }

        _processes = await processes.StopAsync();
        var stop = await _rollouts.Checkout.RunAsync("--target=LocalDown");
        Assert.That(stop.ExitCode, Is.Zero, "its files are read when it writes them no more");
        foreach (var mask in Masks()) _secrets.Add("the registry's token", mask);
    }

    [OneTimeTearDown]
    public async Task DeleteAsync()
    {
        if (_rollouts is not null) await _rollouts.DisposeAsync();
        _runner?.Dispose();
    }

    [Test]
    public void What_was_planted_was_used_and_masked()
    {
        // Else the searches below would look in the wrong places.
        var rendered = File.ReadAllText(_rollouts.Checkout.PathOf("artifacts", "deploy", "planted", "task-definition.json"));
        Assert.That(_secrets.In("the rendered document", rendered), Is.EqualTo(new[] { "a secret in the task definition in the rendered document" }));
        Assert.That(Masks(), Has.Count.GreaterThanOrEqualTo(10), "two for each login, the proxy's password, the keys");
        Assert.That(_runs[4].Output, Does.Contain("'slipway-1658821493-1'"), "the role was taken");
        foreach (var (index, name) in new[] { (0, "a proxy's password"), (1, "AWS_SECRET_ACCESS_KEY"), (2, "AWS_SESSION_TOKEN"), (3, "a wrong AWS_SECRET_ACCESS_KEY"), (4, "the job's token") })
        {
            var masks = GitHubRunner.CommandsIn(_runs[index].Output).Where(command => command.Name == "add-mask").Select(command => command.Data);
            Assert.That(masks.SelectMany(mask => _secrets.In("a mask", mask)), Does.Contain($"{name} in a mask"));
        }
    }

    [Test]
    public void No_output_shows_one() => Assert.That(
        _runs.SelectMany((run, index) => _secrets.In($"run {index}", string.Join('\n', run.Output.Split('\n').Where(line => !line.StartsWith("::add-mask::", StringComparison.Ordinal))))),
        Is.Empty);

    [Test]
    public void No_artifact_no_log_and_no_state_of_the_embedded_cloud_holds_one() => Assert.That(
        _secrets.InFolder(_rollouts.Checkout.PathOf("artifacts"), IsSearched), Is.Empty);

    [Test]
    public void Neither_the_jobs_page_nor_its_outputs_hold_one() => Assert.That(_secrets.InFolder(_runner.Folder, file => !file.StartsWith("docker/", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void No_command_line_shows_one()
    {
        Assert.That(_processes, Has.Some.Contains("Slipway.Build.dll").And.Some.Contains("publish"), "or nothing was looked at");
        Assert.That(_processes.SelectMany(line => _secrets.In(line, line)), Is.Empty);
    }

    [Test]
    public void Dockers_configuration_is_as_before_and_the_login_is_gone()
    {
        Assert.That(Directory.EnumerateFileSystemEntries(_dockerConfig).Select(Path.GetFileName), Is.EqualTo(new[] { "config.json" }));
        Assert.That(File.ReadAllText(Path.Combine(_dockerConfig, "config.json")), Is.EqualTo(_dockerConfigText));
        Assert.That(Directory.EnumerateFileSystemEntries(_rollouts.Checkout.PathOf("artifacts", "deploy"), "docker-config", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void A_deploy_to_AWS_ends_with_where_to_see_it_running()
    {
        const string Console = "https://us-east-1.console.aws.amazon.com";
        var end = _runs[1].Output[_runs[1].Output.IndexOf("is deployed to cluster", StringComparison.Ordinal)..];

        Assert.That(end, Does.Contain($"{Console}/ecs/v2/clusters/emotional-parrot/services/stream-ml-service-1/health").And.Contain($"{Console}/cloudwatch/home"));
        Assert.That(_runner.Summary, Does.Contain($"- [log group /ecs/stream-ml-service]({Console}/cloudwatch/home"));
    }

    [Test]
    public void The_search_finds_what_is_there()
    {
        var search = new SecretSearch();
        search.Add("it", "a secret of some length");

        foreach (var text in new[] { "xa secret of some lengthx", "a%20secret%20of%20some%20length" }.Concat(new[] { "", "A", "AWS:" }.Select(Encoded)))
            Assert.That(search.In("text", text), Is.Not.Empty, text);
        Assert.That(search.In("text", "another secret of some length"), Is.Empty);

        static string Encoded(string before) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}a secret of some length and more"));
    }

    /// <summary>The rendered document is what ECS gets, and ECS keeps it: a value in its environment is in both, as the warning of the run says.</summary>
    private static bool IsSearched(string file) =>
        !file.StartsWith("host/", StringComparison.Ordinal) && !file.EndsWith("/task-definition.json", StringComparison.Ordinal) && file != "local-cloud/ecs/task-definitions.json";

    private async Task<Credentials> AssumeRoleAsync()
    {
        using var sts = new AmazonSecurityTokenServiceClient(
            LocalKeys.Id, LocalKeys.Secret,
            new AmazonSecurityTokenServiceConfig { ServiceURL = $"http://127.0.0.1:{_rollouts.Checkout.Port}", AuthenticationRegion = LocalKeys.Region });
        return (await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = Role, RoleSessionName = "planted" })).Credentials;
    }

    private async Task DeployAsync(int exitCode, params string[] arguments)
    {
        var run = await _rollouts.Checkout.RunAsync(_runner.Environment, ["--target=Deploy", .. arguments]);
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
        _runs.Add(run);
    }

    private List<string> Masks() => [.. _runs.SelectMany(run => GitHubRunner.CommandsIn(run.Output)).Where(command => command.Name == "add-mask").Select(command => command.Data)
        .Where(mask => mask.Length > 15).Distinct()];

    private string Plant(string name, bool variable = false)
    {
        var secret = $"Planted{Guid.NewGuid():N}";
        if (variable) Know(name, secret);
        else _secrets.Add(name, secret);
        return secret;
    }

    private void Know(string name, string secret)
    {
        _secrets.Add(name, secret);
        _runner.Environment[name] = secret;
    }
}
