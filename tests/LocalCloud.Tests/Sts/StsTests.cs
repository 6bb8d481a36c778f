using System.Text;
using System.Xml.Linq;
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
