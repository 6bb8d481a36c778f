using System.Globalization;
using System.Net;
using Amazon.SecurityToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Slipway.Deployment.Aws.GitHub;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Aws.GitHub;

/// <summary>The two calls of OIDC over the wire: GitHub's endpoint for a token, then STS.</summary>
public sealed class GitHubRoleCredentialsTests
{
    private const string Role = "arn:aws:iam::123456789012:role/github-deploy";
    private readonly List<(string Query, string Authorization)> asked = [];
    private readonly RecordedMask mask = new();
    private readonly Dictionary<string, string?> variables = [];
    private Func<HttpContext, int, Task> github = null!;
    private WebApplication app = null!;
    private AwsStub sts = null!;

    [SetUp]
    public async Task StartAsync()
    {
        asked.Clear();
        mask.Secrets.Clear();
        sts = await AwsStub.StartAsync();
        Answer(TimeSpan.FromHours(1));
        github = (context, number) => context.Response.WriteAsync($$"""{ "count": 1, "value": "{{Tokens.Of($"repo:acme/web:run:{number}")}}" }""");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/token", context =>
        {
            asked.Add((context.Request.QueryString.Value!, context.Request.Headers.Authorization.ToString()));
            return github(context, asked.Count);
        });
        await app.StartAsync();
        variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = $"{app.Urls.Single()}/token?api-version=2.0";
        variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "marked-bearer";
        variables["GITHUB_RUN_ID"] = "1234567890";
        variables["GITHUB_RUN_ATTEMPT"] = "2";
        variables["AWS_ROLE_SESSION_NAME"] = null;
    }

    [TearDown]
    public async Task StopAsync()
    {
        await app.DisposeAsync();
        await sts.DisposeAsync();
    }

    [Test]
    public async Task A_token_of_the_job_is_exchanged_for_the_role_and_nothing_else_is_sent()
    {
        using var credentials = Create();

        var keys = await credentials.GetCredentialsAsync();

        Assert.That((keys.AccessKey, keys.SecretKey, keys.Token), Is.EqualTo(("ASIA1", "secret-1", "session-1")));
        Assert.That(asked.Single(), Is.EqualTo(("?api-version=2.0&audience=sts.amazonaws.com", "Bearer marked-bearer")));
        Assert.That(sts.BodyOf("AssumeRoleWithWebIdentity"), Does.Contain($"RoleArn={WebUtility.UrlEncode(Role)}")
            .And.Contain("RoleSessionName=slipway-1234567890-2").And.Not.Contain("DurationSeconds").And.Not.Contain("marked-bearer"));
        Assert.That(mask.Secrets, Is.EqualTo(new[] { Tokens.Of("repo:acme/web:run:1"), "secret-1", "session-1" }));
    }

    [Test]
    public async Task The_keys_are_kept_until_shortly_before_their_end_and_renewed_with_a_new_token()
    {
        using var credentials = Create();
        await credentials.GetCredentialsAsync();
        await credentials.GetCredentialsAsync();
        Assert.That(asked, Has.Count.EqualTo(1));

        Answer(TimeSpan.FromSeconds(30));
        using var ending = Create();
        var first = await ending.GetCredentialsAsync();
        var second = await ending.GetCredentialsAsync();

        Assert.That(asked, Has.Count.EqualTo(3));
        Assert.That(second.AccessKey, Is.Not.EqualTo(first.AccessKey));
        Assert.That(sts.BodyOf("AssumeRoleWithWebIdentity"), Does.Contain(Tokens.Of("repo:acme/web:run:3")));
    }

    [Test]
    public async Task A_refusal_names_the_claims_and_never_the_token()
    {
        sts.On("AssumeRoleWithWebIdentity", _ => (403, """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code>
            <Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error><RequestId>1</RequestId></ErrorResponse>
            """));
        using var credentials = Create();

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => credentials.GetCredentialsAsync());

        Assert.That(refusal!.Message, Does.Contain("sub 'repo:acme/web:run:1'"));
        Assert.That(refusal.ToString() + refusal.Remedy, Does.Not.Contain(Tokens.Of("repo:acme/web:run:1").Split('.')[1]).And.Not.Contain("marked-bearer"));
    }

    [TestCase(403, "", "permissions: id-token: write")]
    [TestCase(404, "", "githubstatus.com")]
    [TestCase(200, "<html>", "githubstatus.com")]
    [TestCase(200, "{}", "githubstatus.com")]
    [TestCase(200, """{ "value": 1 }""", "githubstatus.com")]
    [TestCase(200, "[]", "githubstatus.com")]
    [TestCase(503, "", "githubstatus.com")]
    public async Task An_endpoint_that_gives_no_token_is_told_with_a_remedy(int status, string body, string remedy)
    {
        github = (context, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        };
        using var credentials = Create();

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => credentials.GetCredentialsAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.StartWith("failed to get a token for this job from '127.0.0.1'"));
        Assert.That(refusal.Remedy, Does.Contain(remedy));
        Assert.That(asked, Has.Count.EqualTo(status >= 500 ? 4 : 1));
    }

    [TestCase("ACTIONS_ID_TOKEN_REQUEST_URL", null)]
    [TestCase("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "")]
    public async Task A_job_that_may_not_ask_is_told_the_permission_that_it_lacks(string variable, string? value)
    {
        variables[variable] = value;
        using var credentials = Create();

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => credentials.GetCredentialsAsync());

        Assert.That(refusal!.Message, Does.Contain(Role).And.Contain("may not ask GitHub for a token"));
        Assert.That(refusal.Remedy, Does.Contain("permissions: id-token: write"));
    }

    [TestCase("http://example.com/token")]
    [TestCase("ftp://127.0.0.1/token")]
    [TestCase("token")]
    public async Task The_bearer_is_sent_in_clear_to_nobody(string url)
    {
        variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = url;
        using var credentials = Create();

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => credentials.GetCredentialsAsync());

        Assert.That(refusal!.Message, Does.Contain("is no https address"));
    }

    [TestCase("deploy of main", "deploy-of-main")]
    [TestCase("", "slipway-1234567890-2")]
    [TestCase("0123456789012345678901234567890123456789012345678901234567890123456789", "0123456789012345678901234567890123456789012345678901234567890123")]
    public void The_session_has_a_name_that_STS_takes(string given, string name)
    {
        variables["AWS_ROLE_SESSION_NAME"] = given;

        Assert.That(GitHubTokenRequest.Require(Role, variables.GetValueOrDefault).SessionName, Is.EqualTo(name));
    }

    private GitHubRoleCredentials Create() => new(
        Role, new AmazonSecurityTokenServiceConfig { ServiceURL = sts.Endpoint.ToString(), AuthenticationRegion = "us-east-1" },
        variables.GetValueOrDefault, mask, new InstantTime());

    private void Answer(TimeSpan lasting)
    {
        var number = 0;
        sts.On("AssumeRoleWithWebIdentity", _ => (200, FormattableString.Invariant($"""
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
            <AccessKeyId>ASIA{++number}</AccessKeyId><SecretAccessKey>secret-{number}</SecretAccessKey><SessionToken>session-{number}</SessionToken>
            <Expiration>{TimeProvider.System.GetUtcNow().Add(lasting).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</Expiration>
            </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
            """)));
    }

    private sealed class RecordedMask : ISecretMask
    {
        public List<string> Secrets { get; } = [];

        public void Mask(string secret) => Secrets.Add(secret);
    }
}
