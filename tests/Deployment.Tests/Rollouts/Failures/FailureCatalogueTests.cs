using Slipway.Deployment.Rollouts.Failures;

namespace Slipway.Deployment.Tests.Rollouts.Failures;

public sealed class FailureCatalogueTests
{
    private const string Region = "us-east-1";

    private static IEnumerable<TestCaseData> Examples =>
        from rule in FailureCatalogue.Rules
        from example in rule.Examples
        select new TestCaseData(rule.Key, example).SetArgDisplayNames(rule.Key, example.Text[..Math.Min(80, example.Text.Length)]);

    [TestCaseSource(nameof(Examples))]
    public void What_is_really_said_finds_its_own_rule_and_none_before_it(string key, FailureExample example) =>
        Assert.That(FailureCatalogue.Find(example.Text, example.ExitCode, example.Source, Region)?.Key, Is.EqualTo(key));

    [TestCase("(service web) has reached a steady state.", FailureSource.Event)]
    [TestCase("(service web) has started 1 tasks: (task 0123456789abcdef0123456789abcdef).", FailureSource.Event)]
    [TestCase("(service web) registered 1 targets in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0f1e)", FailureSource.Event)]
    [TestCase("(service web) has stopped 1 running tasks: (task 0123456789abcdef0123456789abcdef).", FailureSource.Event)]
    [TestCase("(service web) has begun draining connections on 1 tasks.", FailureSource.Event)]
    [TestCase("(service web) (deployment ecs-svc/1234567890123456789) deployment completed.", FailureSource.Event)]
    [TestCase("Scaling activity initiated by (deployment ecs-svc/1234567890123456789)", FailureSource.Task)]
    [TestCase("info: quota, timeout, not found, denied: words that a program may write", FailureSource.Log)]
    [TestCase("ClientException: Invalid 'cpu' setting for task.", FailureSource.Api)]
    [TestCase("", FailureSource.Task)]
    public void What_is_no_failure_finds_none(string text, FailureSource source) =>
        Assert.That(FailureCatalogue.Find(text, null, source, Region), Is.Null);

    [Test]
    public void Every_rule_has_a_key_of_its_own_a_sentence_a_remedy_and_an_example()
    {
        Assert.That(FailureCatalogue.Rules, Has.Count.AtLeast(25));
        Assert.That(FailureCatalogue.Rules.Select(rule => rule.Key), Is.Unique.And.All.Match("^[a-z]+(-[a-z0-9]+)*$"));
        Assert.That(FailureCatalogue.Rules.Select(rule => rule.Cause), Has.All.Match("^[A-Z].*\\.$"));
        Assert.That(FailureCatalogue.Rules.Select(rule => rule.Remedy), Has.All.Not.Empty.And.All.Not.EndsWith("."));
        Assert.That(FailureCatalogue.Rules.Where(rule => rule.Examples.Count == 0).Select(rule => rule.Key), Is.Empty);
    }

    [Test]
    public void Every_rule_can_be_found_and_its_words_are_in_lower_case()
    {
        var words = FailureCatalogue.Rules.SelectMany(rule => rule.Words).SelectMany(group => group);

        Assert.That(words, Has.All.Match("^[^A-Z]+$"));
        Assert.That(
            FailureCatalogue.Rules.Where(rule => rule.Words.Count == 0 && rule.ExitCode is null && !rule.NeedsExitCode).Select(rule => rule.Key),
            Is.Empty, "a rule without a condition hides all behind it");
    }

    [TestCase("because no permissions boundary allows the ecr:GetAuthorizationToken action", "permissions-boundary")]
    [TestCase("with an explicit deny in a permissions boundary", "permissions-boundary")]
    [TestCase("with an explicit deny in a service control policy", "organization-policy")]
    [TestCase("because no identity-based policy allows the ecr:GetAuthorizationToken action", "registry-login")]
    [TestCase("", "registry-login")]
    public void What_keeps_the_role_from_the_registrys_login_is_told_apart(string why, string key) => Assert.That(
        FailureCatalogue.Find(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: "
            + "AccessDeniedException: User: arn:aws:sts::1:assumed-role/x/y is not authorized to perform: ecr:GetAuthorizationToken on resource: * " + why)?.Key,
        Is.EqualTo(key));

    [TestCase("us-east-1", "image-missing")]
    [TestCase("eu-west-1", "region")]
    [TestCase(null, "image-missing")]
    public void An_image_that_is_missing_in_another_region_is_a_wrong_region(string? region, string key) => Assert.That(
        FailureCatalogue.Find("CannotPullContainerError: ref 1.dkr.ecr.us-east-1.amazonaws.com/web:1: not found", null, FailureSource.Task, region)?.Key,
        Is.EqualTo(key));

    [Test]
    public void The_names_in_the_text_stand_in_cause_and_remedy()
    {
        var rule = FailureCatalogue.Rules.Single(known => known.Key == "permissions-boundary");
        var text = rule.Examples[0].Text;

        Assert.That(FailureNames.Fill(rule.Cause, text, Region), Is.EqualTo("The permissions boundary of 'ecsTaskExecutionRole' does not allow ecr:GetAuthorizationToken."));
        Assert.That(FailureNames.Fill(rule.Cause, "nothing", Region), Does.Not.Contain("{"));
    }
}
