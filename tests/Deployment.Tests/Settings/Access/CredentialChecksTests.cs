using Slipway.Deployment.Settings;
using Slipway.Deployment.Settings.Access;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Settings.Access;

internal sealed class CredentialChecksTests
{
    private const string Id = "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Token = "AWS_SESSION_TOKEN=a-session-token";
    private const string Role = "AWS_ROLE_ARN=arn:aws:iam::123456789012:role/ci/github-deploy";
    private const string GitHub = "GITHUB_ACTIONS=true";

    [TestCase(Id, "AWS_SECRET_ACCESS_KEY: is not set, but AWS_ACCESS_KEY_ID is")]
    [TestCase(Secret, "AWS_ACCESS_KEY_ID: is not set, but AWS_SECRET_ACCESS_KEY is")]
    [TestCase(Id + ";AWS_SECRET_ACCESS_KEY=", "AWS_SECRET_ACCESS_KEY: is not set")]
    [TestCase(Id + ";AWS_SECRET_ACCESS_KEY= \n", "AWS_SECRET_ACCESS_KEY: is not set")]
    [TestCase(Token, "AWS_SESSION_TOKEN: is set without AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")]
    [TestCase(Id + ";" + Secret + ";" + Role + ";" + GitHub, "AWS_ROLE_ARN: is set, and so is AWS_ACCESS_KEY_ID")]
    [TestCase(Id + ";" + Secret + ";" + Role + ";AWS_WEB_IDENTITY_TOKEN_FILE=/t", "AWS_ROLE_ARN: is set, and so is AWS_ACCESS_KEY_ID")]
    [TestCase("AWS_WEB_IDENTITY_TOKEN_FILE=/t", "AWS_WEB_IDENTITY_TOKEN_FILE: is set without AWS_ROLE_ARN")]
    [TestCase("AWS_ROLE_ARN=github-deploy", "AWS_ROLE_ARN: 'github-deploy' is no role's ARN.")]
    [TestCase("AWS_ROLE_ARN=arn:aws:iam::123456789012:user/x", "is no role's ARN.")]
    [TestCase("AWS_ROLE_ARN=arn:aws-cn:iam::123456789012:role/x", "is in partition 'aws-cn', but region 'eu-central-1' (infra/environments/production.json:2:13) in 'aws'.")]
    [TestCase(Role + ";SLIPWAY_ACCOUNT_ID=210987654321", "is in another account than '210987654321' (SLIPWAY_ACCOUNT_ID).")]
    [TestCase("AWS_ACCESS_KEY_ID=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY;AWS_SECRET_ACCESS_KEY=AKIAIOSFODNN7EXAMPLE", "AWS_ACCESS_KEY_ID: is no access key id")]
    [TestCase(Id + ";AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI\nK7MDENG", "AWS_SECRET_ACCESS_KEY: has a blank or a line end in it.")]
    public void Variables_that_do_not_fit_together_are_refused_by_name_and_never_by_value(string variables, string problem)
    {
        var result = SettingsReader.Read(Sources.Of(["--environment=production"], variables.Split(';')));

        var told = result.Problems.Single();
        Assert.That($"{told.Origin}: {told.Message}", Does.Contain(problem));
        Assert.That(told.Remedy, Is.Not.Empty);
        Assert.That(told.ToString(), Does.Not.Contain("wJalr").And.Not.Contain("AKIA").And.Not.Contain("a-session-token"));
    }

    [TestCase("", CredentialKind.Chain, "default")]
    [TestCase("AWS_PROFILE=team", CredentialKind.Profile, "profile 'team'")]
    [TestCase("AWS_PROFILE=", CredentialKind.Chain, "default")]
    [TestCase(Id + ";" + Secret, CredentialKind.Keys, "keys")]
    [TestCase(Id + ";" + Secret + ";" + Token, CredentialKind.Keys, "keys of a session")]
    [TestCase(Id + ";" + Secret + ";AWS_SESSION_TOKEN=", CredentialKind.Keys, "keys")]
    [TestCase(Id + ";" + Secret + ";AWS_PROFILE=team", CredentialKind.Keys, "keys")]
    [TestCase(Role + ";" + GitHub, CredentialKind.GitHub, "role 'arn:aws:iam::123456789012:role/ci/github-deploy' by this job's GitHub token")]
    [TestCase(Role + ";ACTIONS_ID_TOKEN_REQUEST_URL=https://x", CredentialKind.GitHub, "GitHub")]
    [TestCase(Role + ";" + GitHub + ";AWS_WEB_IDENTITY_TOKEN_FILE=/t;AWS_PROFILE=team", CredentialKind.TokenFile, "by the token in a file")]
    [TestCase(Role + ";AWS_PROFILE=team", CredentialKind.Profile, "profile 'team'")]
    public void The_source_is_the_one_that_the_SDK_takes_and_the_table_of_settings_shows_it(string variables, CredentialKind kind, string description)
    {
        var settings = SettingsReader.Read(Sources.Of(["--environment=production"], Variables(variables))).Require();

        Assert.That(settings.Credentials.Kind, Is.EqualTo(kind));
        Assert.That(settings.Values.Single(value => value.Name == "credentials").Value, Does.Contain(description));
        Assert.That(string.Join(' ', settings.Values.Select(value => value.Value)), Does.Not.Contain("AKIA").And.Not.Contain("wJalr").And.Not.Contain("a-session-token"));
    }

    [Test]
    public void The_embedded_cloud_has_its_own_keys_whatever_a_shell_holds()
    {
        var settings = SettingsReader.Read(Sources.Of([], [Id, Role, GitHub])).Require();

        Assert.That(settings.Credentials, Is.EqualTo(CredentialSource.Embedded));
        Assert.That(settings.Remarks, Is.Empty);
    }

    [TestCase("AWS_REGION=eu-west-1\n", "AWS_REGION", "eu-west-1")]
    [TestCase("AWS_DEFAULT_REGION= eu-west-1\r\n", "AWS_DEFAULT_REGION", "eu-west-1")]
    [TestCase("AWS_REGION=\"eu-west-1\"", "AWS_REGION", "eu-west-1")]
    public void A_pasted_value_is_read_without_what_is_around_it_and_a_warning_names_its_variable(string variable, string name, string region)
    {
        var settings = SettingsReader.Read(Sources.Of(["--environment=production"], [variable])).Require();

        Assert.That(settings.Region, Is.EqualTo(region));
        Assert.That(settings.Remarks.Single(), Is.EqualTo(settings.Remarks[0] with { IsWarning = true }));
        Assert.That(settings.Remarks[0].Text, Does.StartWith($"{name} has blanks, a line end or quotes around its value").And.Contain("Try: "));
    }

    [Test]
    public void A_pasted_secret_is_named_and_not_shown()
    {
        var settings = SettingsReader.Read(Sources.Of(["--environment=production"], [Id, Secret + "\n"])).Require();

        Assert.That(settings.Remarks.Single().Text, Does.StartWith("AWS_SECRET_ACCESS_KEY has").And.Not.Contain("wJalr"));
    }

    [TestCase(Id + ";" + Secret + ";" + GitHub, 1)]
    [TestCase(Id + ";" + Secret + ";" + Token + ";" + GitHub, 0)]
    [TestCase(Id + ";" + Secret, 0)]
    public void Long_lived_keys_in_GitHub_Actions_get_a_notice_that_a_role_is_safer(string variables, int remarks)
    {
        var settings = SettingsReader.Read(Sources.Of(["--environment=production"], variables.Split(';'))).Require();

        Assert.That(settings.Remarks, Has.Count.EqualTo(remarks));
        Assert.That(settings.Remarks, Has.All.Matches<SettingsRemark>(remark => !remark!.IsWarning && remark.Text.Contains("OIDC", StringComparison.Ordinal)));
    }

    [Test]
    public void A_role_that_nothing_gives_a_token_for_is_a_warning()
    {
        var settings = SettingsReader.Read(Sources.Of(["--environment=production"], [Role, "AWS_PROFILE=team"])).Require();

        Assert.That(settings.Remarks.Single().Text, Does.Contain("it is not used, profile 'team' is."));
    }

    private static string[] Variables(string text) => text.Length == 0 ? [] : text.Split(';');
}
