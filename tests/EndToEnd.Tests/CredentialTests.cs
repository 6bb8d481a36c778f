using System.Globalization;
using System.Text;
using Slipway.Deployment.Tests.Aws.GitHub;
using Slipway.Deployment.Tests.Support;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>
/// An environment as on AWS, with AWS_ENDPOINT_URL leading to an embedded cloud: the SDK's own chain and GitHub's tokens get the keys, and
/// whatever keeps a run from AWS is told with a remedy before anything changes.
/// </summary>
[TestFixture]
internal sealed class CredentialTests
{
    private const string Id = LocalKeys.Id;
    private const string Secret = LocalKeys.Secret;
    private const string Role = "arn:aws:iam::123456789012:role/github-deploy";
    private const string Bearer = "marked-bearer-of-the-job";

    private static readonly string[] Unset =
    [
        "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CREDENTIAL_EXPIRATION",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_ECR",
        "AWS_ENDPOINT_URL_ECS", "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT",
        "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "ECR_REPOSITORY", "ECS_CLUSTER", "ECS_SERVICE",
    ];

    private Checkout _checkout = null!;
    private LocalCloudControl _cloud = null!;

    private string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_checkout.Port}");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _checkout = Checkout.Create();
        _cloud = new LocalCloudControl(_checkout.Port);
        Write("infra/environments/real.json", """{ "region": "us-east-1", "accountId": "123456789012", "repository": "stream-ml-service", "cluster": "emotional-parrot", "service": "stream-ml-service-1" }""");
        Write("infra/environments/nowhere.json", """{ "repository": "stream-ml-service", "cluster": "emotional-parrot", "service": "stream-ml-service-1" }""");
        Write("aws/config", $"""
            [profile keys]
            aws_access_key_id = {Id}
            aws_secret_access_key = {Secret}
            [profile program]
            credential_process = cat aws/keys.json
            [profile broken]
            credential_process = false
            [profile sso]
            sso_start_url = https://acme.awsapps.com/start
            sso_region = us-east-1
            sso_account_id = 123456789012
            sso_role_name = deploy
            """);
        Write("aws/keys.json", $$"""{ "Version": 1, "AccessKeyId": "{{Id}}", "SecretAccessKey": "{{Secret}}" }""");
        var up = await _checkout.RunAsync("--target=LocalUp", "--environment=local");
        Assert.That(up.ExitCode, Is.Zero, up.ToString());
    }

    [TearDown]
    public Task ClearAsync() => _cloud.PlayNothingAsync();

    [OneTimeTearDown]
    public async Task DeleteAsync()
    {
        _cloud.Dispose();
        await _checkout.DisposeAsync();
    }

    [TestCase("AWS_ACCESS_KEY_ID=" + Id + ";AWS_SECRET_ACCESS_KEY=" + Secret)]
    [TestCase("AWS_ACCESS_KEY_ID=" + Id + "\n;AWS_SECRET_ACCESS_KEY=" + Secret + "\r\n")]
    [TestCase("AWS_ACCESS_KEY_ID=" + Id + ";AWS_SECRET_ACCESS_KEY=" + Secret + ";AWS_SESSION_TOKEN=;AWS_PROFILE=;AWS_ROLE_ARN=")]
    [TestCase("AWS_PROFILE=keys")]
    [TestCase("AWS_PROFILE=program")]
    public async Task A_login_works_with_what_the_chain_of_the_SDK_finds(string variables)
    {
        var run = await LogInAsync(variables);

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("Logged in to"));
        Assert.That(run.Output.Contains("AWS_SECRET_ACCESS_KEY has blanks", StringComparison.Ordinal), Is.EqualTo(variables.Contains('\n', StringComparison.Ordinal)));
        Assert.That(run.Output, Does.Not.Contain(Secret));
    }

    [Test]
    public async Task A_login_works_with_the_token_of_a_job_which_nobody_sees()
    {
        var token = Tokens.Of("repo:acme/web:environment:production");
        await using var github = new OneAnswer($$"""{ "value": "{{token}}" }""");
        await _cloud.ForgetCallsAsync();

        var run = await LogInAsync(Job(github));

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(github.Asked.Single(), Is.EqualTo($"GET /token?a=b&audience=sts.amazonaws.com, Bearer {Bearer}"));
        Assert.That(await _cloud.CallsAsync(), Is.EqualTo(new[] { "sts:AssumeRoleWithWebIdentity", "sts:GetCallerIdentity", "ecr:GetAuthorizationToken" }));
        Assert.That(run.Output.Replace($"::add-mask::{token}", "", StringComparison.Ordinal), Does.Not.Contain(token).And.Not.Contain(Bearer));
    }

    [TestCase("sigstore", Tokens.Issuer, "Incorrect token audience", "client ids")]
    [TestCase("sts.amazonaws.com", "https://gitlab.example", "No OpenIDConnect provider found", "create-open-id-connect-provider --url https://gitlab.example")]
    public async Task A_token_that_the_account_refuses_is_told_with_the_claim_to_allow(string audience, string issuer, string message, string remedy)
    {
        await using var github = new OneAnswer($$"""{ "value": "{{Tokens.Of("repo:acme/web:ref:refs/heads/main", audience, issuer)}}" }""");

        (await LogInAsync(Job(github))).MustFail(3, message, "repo:acme/web:ref:refs/heads/main", remedy);
    }

    [Test]
    public async Task A_trust_policy_for_another_subject_is_told_with_the_subject_to_allow()
    {
        await using var github = new OneAnswer($$"""{ "value": "{{Tokens.Of("project:acme/web")}}" }""");

        (await LogInAsync(Job(github))).MustFail(
            3, "Not authorized to perform sts:AssumeRoleWithWebIdentity", "\"token.actions.githubusercontent.com:sub\" = \"project:acme/web\"");
    }

    [TestCase("", 3, "no AWS credentials were found")]
    [TestCase("AWS_ACCESS_KEY_ID=" + Id, 2, "AWS_SECRET_ACCESS_KEY: is not set")]
    [TestCase("AWS_SECRET_ACCESS_KEY=" + Secret, 2, "AWS_ACCESS_KEY_ID: is not set")]
    [TestCase("AWS_SESSION_TOKEN=left-over", 2, "AWS_SESSION_TOKEN: is set without")]
    [TestCase("AWS_PROFILE=nope", 3, "nope")]
    [TestCase("AWS_PROFILE=sso", 3, "aws sso login")]
    [TestCase("AWS_PROFILE=broken", 3, "credential_process")]
    [TestCase("AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE;AWS_SECRET_ACCESS_KEY=unknown", 3, "InvalidClientTokenId")]
    [TestCase("AWS_ACCESS_KEY_ID=" + Id + ";AWS_SECRET_ACCESS_KEY=another", 3, "SignatureDoesNotMatch")]
    [TestCase("AWS_ROLE_ARN=" + Role + ";GITHUB_ACTIONS=true", 3, "permissions: id-token: write")]
    [TestCase("AWS_ROLE_ARN=" + Role + ";GITHUB_ACTIONS=true;AWS_ACCESS_KEY_ID=" + Id + ";AWS_SECRET_ACCESS_KEY=" + Secret, 2, "AWS_ROLE_ARN: is set, and so is AWS_ACCESS_KEY_ID")]
    public async Task Credentials_that_are_missing_or_wrong_are_told(string variables, int exitCode, string words) =>
        (await LogInAsync(variables)).MustFail(exitCode, words);

    [TestCase("--account-id=210987654321", 3, "belong to account 123456789012", "210987654321")]
    [TestCase("--region=eu-west-1", 3, "eu-west-1", "us-east-1")]
    [TestCase("--environment=nowhere", 2, "--region: is not set.", "AWS_REGION")]
    [TestCase("--repository=123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service", 2, "is an image's address, not a repository's name.", "'stream-ml-service'")]
    public async Task What_does_not_belong_together_is_told_with_both_sides(string argument, int exitCode, string one, string other) =>
        (await LogInAsync(Keys, argument)).MustFail(exitCode, one, other);

    [Test]
    public async Task Another_account_is_refused_before_each_change()
    {
        // What DeployEcs and RunTask begin with.
        var rendered = await RunAsync(
            Keys, "--target=RenderTaskDef", "--environment=real", $"--image=registry.example/stream-ml-service@sha256:{new string('a', 64)}");
        Assert.That(rendered.ExitCode, Is.Zero, rendered.ToString());
        await _cloud.ForgetCallsAsync();
        foreach (var target in new[] { "EcrLogin", "Push", "DeployEcs", "RunTask", "Deregister", "Rollback" })
        {
            (await RunAsync(Keys, $"--target={target}", "--exclusive", "--environment=real", "--account-id=210987654321", "--confirm", """--task-command=["true"]"""))
                .MustFail(3, "belong to account 123456789012");
        }

        Assert.That(
            await _cloud.CallsAsync(),
            Has.None.Matches<string>(call => LocalCloudControl.IsWrite(call!) || call!.Contains("GetAuthorizationToken", StringComparison.Ordinal)));
    }

    [TestCase("sts:GetCallerIdentity", "expired", "", "the session has ended")]
    [TestCase("ecr:GetAuthorizationToken", "deny", "because no permissions boundary allows the ecr:GetAuthorizationToken action", "permissions boundary")]
    public async Task What_AWS_refuses_is_told_with_a_remedy(string operation, string kind, string reason, string words)
    {
        await _cloud.PlayAsync($$"""[{ "operations": ["{{operation}}"], "kind": "{{kind}}"{{(reason.Length == 0 ? "" : $", \"reason\": \"{reason}\"")}} }]""");

        (await LogInAsync(Keys)).MustFail(3, words);
    }

    [Test]
    public async Task An_endpoint_that_is_down_or_speaks_no_TLS_or_is_a_page_is_told()
    {
        await using var page = new OneAnswer("<html><title>Sign in to the network</title></html>", "text/html");

        (await LogInAsync($"{Keys};AWS_ENDPOINT_URL=http://127.0.0.1:{Ports.Free()}")).MustFail(3, "no connection (ConnectionRefused)", "AWS_ENDPOINT_URL");
        (await LogInAsync($"{Keys};AWS_ENDPOINT_URL=https://127.0.0.1:{_checkout.Port}")).MustFail(3, "no TLS connection", "SSL_CERT_FILE");
        (await LogInAsync($"{Keys};AWS_ENDPOINT_URL={page.Address}")).MustFail(3, "holds no account", "HTTPS_PROXY");
    }

    [Test]
    public async Task The_proxy_of_the_environment_is_used_and_its_refusal_told()
    {
        await using var proxy = new RefusingProxy();

        (await LogInAsync($"{Keys};AWS_ENDPOINT_URL=;HTTPS_PROXY={proxy.Address}")).MustFail(3, "the proxy does not let the call through (status 407)", "user and password in HTTPS_PROXY");

        Assert.That(proxy.Lines, Is.Not.Empty);
        Assert.That(proxy.Lines, Has.All.EqualTo("CONNECT sts.us-east-1.amazonaws.com:443 HTTP/1.1"));
    }

    [TestCase("AWS_USE_FIPS_ENDPOINT=true", "CONNECT sts-fips.us-east-1.amazonaws.com:443 HTTP/1.1")]
    [TestCase("AWS_USE_DUALSTACK_ENDPOINT=true", "CONNECT sts.us-east-1.api.aws:443 HTTP/1.1")]
    [TestCase("AWS_REGION=cn-north-1", "CONNECT sts.cn-north-1.amazonaws.com.cn:443 HTTP/1.1")]
    [TestCase("AWS_REGION=us-gov-west-1", "CONNECT sts.us-gov-west-1.amazonaws.com:443 HTTP/1.1")]
    [TestCase("AWS_REGION=us-iso-east-1", "CONNECT sts.us-iso-east-1.c2s.ic.gov:443 HTTP/1.1")]
    [TestCase("AWS_REGION=us-isob-east-1", "CONNECT sts.us-isob-east-1.sc2s.sgov.gov:443 HTTP/1.1")]
    [TestCase("AWS_DEFAULT_REGION=eu-west-1", "CONNECT sts.eu-west-1.amazonaws.com:443 HTTP/1.1")]
    public async Task The_host_is_that_of_the_region_and_its_partition(string variable, string line)
    {
        await using var proxy = new RefusingProxy();

        var run = await RunAsync($"{Keys};AWS_ENDPOINT_URL=;HTTPS_PROXY={proxy.Address};{variable}", "--target=EcrLogin", "--exclusive", variable.Contains("REGION=", StringComparison.Ordinal) ? "--environment=nowhere" : "--environment=real");

        run.MustFail(3, "the proxy does not let the call through");
        Assert.That(proxy.Lines[0], Is.EqualTo(line));
    }

    [Test]
    public async Task A_host_of_NO_PROXY_is_reached_without_it()
    {
        await using var proxy = new RefusingProxy();

        (await LogInAsync($"{Keys};AWS_ENDPOINT_URL=http://cloud.invalid;HTTP_PROXY={proxy.Address}")).MustFail(3, "status 407");
        (await LogInAsync($"{Keys};AWS_ENDPOINT_URL=http://cloud.invalid;HTTP_PROXY={proxy.Address};NO_PROXY=cloud.invalid")).MustFail(3, "no connection");

        Assert.That(proxy.Lines, Is.EqualTo(new[] { "POST http://cloud.invalid/ HTTP/1.1" }));
    }

    [Test]
    public async Task The_source_of_the_credentials_is_shown_without_them()
    {
        var run = await RunAsync(Keys, "--target=Settings", "--environment=real");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Match(@"credentials\s+keys\s+AWS_ACCESS_KEY_ID").And.Not.Contain(Secret).And.Not.Contain(Id));
    }

    private static string Keys => $"AWS_ACCESS_KEY_ID={Id};AWS_SECRET_ACCESS_KEY={Secret}";

    private static string Job(OneAnswer github) =>
        $"AWS_ROLE_ARN={Role};GITHUB_ACTIONS=true;ACTIONS_ID_TOKEN_REQUEST_URL={github.Address}/token?a=b;ACTIONS_ID_TOKEN_REQUEST_TOKEN={Bearer}";

    private Task<ScriptRun> LogInAsync(string variables, params string[] arguments) =>
        RunAsync(variables, [.. new[] { "--target=EcrLogin", "--exclusive", "--environment=real" }.Where(one => !arguments.Any(other => other.Split('=')[0] == one.Split('=')[0])), .. arguments]);

    private Task<ScriptRun> RunAsync(string variables, params string[] arguments)
    {
        var environment = Unset.ToDictionary(name => name, _ => (string?)null);
        environment["AWS_ENDPOINT_URL"] = Endpoint;
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        environment["AWS_CONFIG_FILE"] = _checkout.PathOf("aws", "config");
        environment["AWS_SHARED_CREDENTIALS_FILE"] = _checkout.PathOf("aws", "credentials");
        foreach (var variable in variables.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = variable.Split('=', 2) is [var left, var right] ? (left, right) : (variable, "");
            environment[name] = value;
        }

        return _checkout.RunAsync(environment, arguments);
    }

    private void Write(string file, string text)
    {
        var path = _checkout.PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
    }
}
