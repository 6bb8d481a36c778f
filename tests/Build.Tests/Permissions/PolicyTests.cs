using System.Text.RegularExpressions;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tests.Permissions;

/// <summary>The rights of infra/github-deploy.yaml are those that the program needs, no fewer and no more.</summary>
[TestFixture]
internal sealed partial class PolicyTests
{
    /// <summary>Every caller may ask for the first; for the second the trust policy of the role decides.</summary>
    private static readonly string[] WithoutRight = ["sts:GetCallerIdentity", "sts:AssumeRoleWithWebIdentity"];

    /// <summary>Rights that no operation of AWS's API is called for, with what needs them.</summary>
    private static readonly Dictionary<string, string> WithoutOperation = new(StringComparer.Ordinal)
    {
        ["ecr:InitiateLayerUpload"] = "registry protocol: begin a blob",
        ["ecr:UploadLayerPart"] = "registry protocol: send a part of a blob",
        ["ecr:CompleteLayerUpload"] = "registry protocol: end a blob",
        ["ecr:PutImage"] = "registry protocol: put a manifest",
        ["ecr:GetDownloadUrlForLayer"] = "registry protocol: read a blob of the base image",
        ["ecr:TagResource"] = "CreateRepository with tags",
        ["ecs:TagResource"] = "RegisterTaskDefinition of a document with tags",
        ["iam:PassRole"] = "RegisterTaskDefinition of a document with roles",
    };

    private static readonly RepositoryRoot Root = RepositoryRoot.Find(AppContext.BaseDirectory);

    private static readonly IReadOnlyList<PolicyStatement> Statements =
        PolicyStatement.ReadAll(File.ReadLines(Root.Combine("infra", "github-deploy.yaml")));

    private static readonly string[] Sources =
    [
        .. Directory.EnumerateFiles(Root.Combine("build", "Deployment"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText),
    ];

    [Test]
    public void The_policies_allow_what_the_program_asks_for_and_nothing_else()
    {
        var allowed = Statements.SelectMany(statement => statement.Actions).Distinct();
        var asked = Sources.SelectMany(text => Permission().Matches(text)).Select(match => match.Groups[1].Value).Distinct();

        Assert.That(allowed, Is.EquivalentTo(asked.Except(WithoutRight).Concat(WithoutOperation.Keys)));
    }

    [Test]
    public void Every_operation_that_is_called_is_named_in_the_words_of_its_error()
    {
        var called = Sources.SelectMany(text => Call().Matches(text)).Select(match => match.Groups[1].Value).Distinct();
        var named = Sources.SelectMany(text => Permission().Matches(text)).Select(match => match.Groups[1].Value.Split(':')[1]).Distinct();

        Assert.That(called, Is.EquivalentTo(named));
    }

    [Test]
    public void Every_statement_says_which_targets_need_it()
    {
        var targets = TargetCatalogue.Find(typeof(Program).Assembly).Select(target => target.Name).ToList();

        foreach (var statement in Statements.Where(statement => statement.Resource != "PlanRole"))
        {
            Assert.That(statement.Targets, Is.Not.Empty, statement.Sid);
            Assert.That(statement.Targets, Is.SubsetOf(targets), statement.Sid);
            Assert.That(statement.Actions, Is.Not.Empty, statement.Sid);
        }
    }

    [Test]
    public void The_role_of_pull_requests_has_what_a_plan_needs_word_for_word()
    {
        var plan = Statements.Where(statement => statement.Resource == "PlanRole").Select(statement => (statement.Sid, statement.Body));
        var needed = Statements.Where(statement => statement.Resource == "DeployPolicy" && statement.Targets.Contains("Plan"));

        Assert.That(plan, Is.EqualTo(needed.Select(statement => (statement.Sid, statement.Body))));
    }

    [Test]
    public void The_page_has_the_rights_by_target()
    {
        var page = Root.Combine("docs", "permissions.md");
        var expected = PermissionTable.Write(Statements);
        var lines = File.ReadAllLines(page).ToList();
        var begin = lines.IndexOf("<!-- From infra/github-deploy.yaml. -->") + 1;
        var end = lines.IndexOf("<!-- End. -->");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            lines.RemoveRange(begin, end - begin);
            lines.InsertRange(begin, expected);
            File.WriteAllLines(page, lines);
            end = begin + expected.Count;
        }

        Assert.That(lines[begin..end], Is.EqualTo(expected), "Run this test with UPDATE_DOCS=1 to write the page anew.");
    }

    [GeneratedRegex("\"((?:ecr|ecs|logs|sts|ssm|ec2):[A-Z][A-Za-z]+)\"")]
    private static partial Regex Permission();

    [GeneratedRegex(@"(?:connection\.(?:Ecs|Ecr|Sts|Ssm|Ec2|Logs\([^)]*\))|\b(?:sts|client))\.(\w+)Async\(\s*(?:request|new \w+Request)")]
    private static partial Regex Call();
}
