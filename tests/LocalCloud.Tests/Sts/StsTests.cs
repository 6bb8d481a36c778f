using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Sts;

internal sealed class StsTests : CloudFixture
{
    private static readonly XNamespace Xml = "https://sts.amazonaws.com/doc/2011-06-15/";

    private static async Task<(int Status, XElement Document)> CallAsync(SignedClient client, string form)
    {
        var answer = await client.SendAsync("sts", "", Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded; charset=utf-8");
        return (answer.Status, XElement.Parse(answer.Text));
    }

    private static string Value(XElement document, string name) => document.Descendants(Xml + name).Single().Value;

    [Test]
    public async Task GetCallerIdentity_tells_the_account_and_the_user()
    {
        var (status, document) = await CallAsync(Signed, "Action=GetCallerIdentity&Version=2011-06-15");
        Assert.That(status, Is.EqualTo(200));
        Assert.That((Value(document, "Account"), Value(document, "Arn")), Is.EqualTo((Account.Id, Account.UserArn)));
    }

    [Test]
    public async Task An_assumed_role_signs_with_its_own_key_and_is_told_as_such()
    {
        var (_, assumed) = await CallAsync(Signed, $"Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A{Account.Id}%3Arole%2Fci%2Fdeployer&RoleSessionName=run-7");
        var session = new Signing { Key = Value(assumed, "AccessKeyId"), Secret = Value(assumed, "SecretAccessKey"), SessionToken = Value(assumed, "SessionToken") };
        var (status, identity) = await CallAsync(new SignedClient(Cloud.Http) { Sign = session }, "Action=GetCallerIdentity&Version=2011-06-15");
        Assert.That(status, Is.EqualTo(200));
        Assert.That(Value(identity, "Arn"), Is.EqualTo($"arn:aws:sts::{Account.Id}:assumed-role/deployer/run-7"));

        var (withoutToken, refusal) = await CallAsync(new SignedClient(Cloud.Http) { Sign = session with { SessionToken = null } }, "Action=GetCallerIdentity&Version=2011-06-15");
        Assert.That((withoutToken, Value(refusal, "Code")), Is.EqualTo((403, "InvalidClientTokenId")));
    }

    [TestCase("Action=AssumeRole&RoleArn=x&RoleSessionName=run", "ValidationError")]
    [TestCase("Action=AssumeRole&RoleArn=arn:aws:iam::111111111111:role/a&RoleSessionName=run", "AccessDenied")]
    [TestCase("Action=AssumeRole&RoleArn=arn:aws:iam::123456789012:role/a&RoleSessionName=%00", "ValidationError")]
    [TestCase("Action=AssumeRole&RoleArn=arn:aws:iam::123456789012:role/a&RoleSessionName=run&DurationSeconds=1", "ValidationError")]
    [TestCase("Action=GetSessionToken", "InvalidAction")]
    [TestCase("Action=%00%01", "InvalidAction")]
    [TestCase("Action=GetCallerIdentity&Version=1999-01-01", "InvalidAction")]
    [TestCase("", "InvalidAction")]
    [TestCase("&&&===", "InvalidAction")]
    public async Task What_is_wrong_is_refused_with_a_code(string form, string code)
    {
        var (status, document) = await CallAsync(Signed, form);
        Assert.That(status, Is.InRange(400, 403));
        Assert.That(Value(document, "Code"), Is.EqualTo(code));
    }

    [Test]
    public async Task A_jobs_token_opens_a_session_of_a_role_without_a_signature()
    {
        var (status, assumed) = await AssumeAsync("sts.amazonaws.com", "repo:acme/web:environment:production");
        Assert.That(status, Is.EqualTo(200));
        Assert.That(Value(assumed, "SubjectFromWebIdentityToken"), Is.EqualTo("repo:acme/web:environment:production"));
        Assert.That(Value(assumed, "Provider"), Is.EqualTo($"arn:aws:iam::{Account.Id}:oidc-provider/token.actions.githubusercontent.com"));

        var session = new Signing { Key = Value(assumed, "AccessKeyId"), Secret = Value(assumed, "SecretAccessKey"), SessionToken = Value(assumed, "SessionToken") };
        var answer = await new SignedClient(Cloud.Http) { Sign = session }.CallAsync("ecr", "DescribeRepositories");
        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [TestCase("sigstore", "repo:acme/web:ref:refs/heads/main", "https://token.actions.githubusercontent.com", 4102444800, "InvalidIdentityToken", "Incorrect token audience")]
    [TestCase("sts.amazonaws.com", "repo:acme/web:x", "https://gitlab.example", 4102444800, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://gitlab.example")]
    [TestCase("sts.amazonaws.com", "project:acme", "https://token.actions.githubusercontent.com", 4102444800, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")]
    [TestCase("sts.amazonaws.com", "repo:acme/web:x", "https://token.actions.githubusercontent.com", 1000000000, "ExpiredToken", "Token expired")]
    public async Task A_jobs_token_that_the_trust_policy_does_not_take_is_refused(string audience, string subject, string issuer, long end, string code, string message)
    {
        var (status, refusal) = await AssumeAsync(audience, subject, issuer, end);
        Assert.That(status, Is.InRange(400, 403));
        Assert.That(Value(refusal, "Code"), Is.EqualTo(code));
        Assert.That(Value(refusal, "Message"), Does.StartWith(message));
    }

    [Test]
    public async Task A_session_that_has_ended_is_told_as_ended_by_every_service()
    {
        var ended = Cloud.Services.GetRequiredService<Identities>().Assume("deployer", "run", TimeSpan.FromSeconds(-1));
        var client = new SignedClient(Cloud.Http) { Sign = new Signing { Key = ended.AccessKeyId, Secret = ended.SecretAccessKey, SessionToken = ended.SessionToken } };

        var (_, refusal) = await CallAsync(client, "Action=GetCallerIdentity&Version=2011-06-15");
        Assert.That(Value(refusal, "Code"), Is.EqualTo("ExpiredToken"));
        Assert.That((await client.CallAsync("ecr", "DescribeRepositories")).Code, Is.EqualTo("ExpiredTokenException"));
    }

    [Test]
    public async Task A_token_whose_end_is_no_number_is_refused()
    {
        var (status, refusal) = await AssumeAsync("sts.amazonaws.com", "repo:acme/web:x", end: "tomorrow");
        Assert.That((status, Value(refusal, "Code")), Is.EqualTo((400, "InvalidIdentityToken")));
    }

    [TestCase("")]
    [TestCase("a.b")]
    [TestCase("a.W10.c")]
    [TestCase("a.%00.c")]
    public async Task What_is_no_token_is_refused(string token)
    {
        var (_, refusal) = await CallAsync(Signed, $"Action=AssumeRoleWithWebIdentity&RoleArn=arn:aws:iam::{Account.Id}:role/a&RoleSessionName=run&WebIdentityToken={token}");
        Assert.That(Value(refusal, "Code"), Is.EqualTo("InvalidIdentityToken"));
    }

    private async Task<(int Status, XElement Document)> AssumeAsync(
        string audience, string subject, string issuer = "https://token.actions.githubusercontent.com", object? end = null)
    {
        var claims = System.Buffers.Text.Base64Url.EncodeToString(
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { iss = issuer, aud = audience, sub = subject, exp = end ?? 4102444800 }));
        using var content = new StringContent(
            $"Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn:aws:iam::{Account.Id}:role/deployer&RoleSessionName=run&WebIdentityToken=e30.{claims}.x",
            Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await Cloud.Http.PostAsync(new Uri("/", UriKind.Relative), content);
        return ((int)answer.StatusCode, XElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    [Test]
    public async Task A_wrong_signature_is_refused_in_the_words_of_the_query_protocol()
    {
        var (status, document) = await CallAsync(new SignedClient(Cloud.Http) { Sign = new Signing { Secret = "another" } }, "Action=GetCallerIdentity&Version=2011-06-15");
        Assert.That((status, Value(document, "Code")), Is.EqualTo((403, "SignatureDoesNotMatch")));
    }

    [Test]
    public async Task The_aws_cli_reads_the_identity() =>
        Assert.That((await Aws.CliAsync("sts", "get-caller-identity"))!["Arn"]!.GetValue<string>(), Is.EqualTo(Account.UserArn));

    [Test]
    public async Task Boto3_assumes_a_role_and_works_with_it()
    {
        var answer = await Aws.BotoAsync($"""
            credentials = boto3.client('sts').assume_role(RoleArn='arn:aws:iam::{Account.Id}:role/deployer', RoleSessionName='boto')['Credentials']
            session = boto3.Session(credentials['AccessKeyId'], credentials['SecretAccessKey'], credentials['SessionToken'], region_name='us-east-1')
            print(json.dumps([session.client('sts').get_caller_identity()['Arn'], session.client('ecr').describe_repositories()['repositories'][0]['repositoryName']]))
            """);
        Assert.That(answer.ToJsonString(), Does.Contain("assumed-role/deployer/boto"));
    }
}
