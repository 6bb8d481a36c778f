using CsCheck;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Settings;

internal sealed class EnvironmentFileTests
{
    [TestCase("{\n  \"region\": \"us-east-1\",\n}", "infra/environments/x.json:3:1", "not valid JSON")]
    [TestCase("{\n  // a comment\n}", "infra/environments/x.json:2:3", "not valid JSON")]
    [TestCase("{ \"region\": 'us-east-1' }", "infra/environments/x.json:1:13", "not valid JSON")]
    [TestCase("", "infra/environments/x.json:1:1", "not valid JSON")]
    [TestCase("[]", "infra/environments/x.json:1:1", "one JSON object")]
    [TestCase("{} {}", "infra/environments/x.json:1:4", "not valid JSON")]
    [TestCase("{\n  \"regoin\": \"a\" }", "infra/environments/x.json:2:3", "'regoin' is no setting.")]
    [TestCase("{ \"localCloud\": { \"prot\": 1 } }", "infra/environments/x.json:1:19", "'localCloud.prot' is no setting.")]
    [TestCase("{ \"localCloud\": true }", "infra/environments/x.json:1:17", "'localCloud' must be an object.")]
    [TestCase("{ \"preDeployTask\": [\"a\"] }", "infra/environments/x.json:1:20", "'preDeployTask' must be an object.")]
    [TestCase("{ \"preDeployTask\": { \"comand\": [] } }", "infra/environments/x.json:1:22", "'preDeployTask.comand' is no setting.")]
    [TestCase("{ \"preDeployTask\": { \"env\": { \"A\": 1 } } }", "infra/environments/x.json:1:36", "'preDeployTask.env.A' must be a string")]
    [TestCase("{ \"region\": 5 }", "infra/environments/x.json:1:13", "'region' must be a string, not a number.")]
    [TestCase("{ \"desiredCount\": \"1\" }", "infra/environments/x.json:1:19", "'desiredCount' must be a number, not a string.")]
    [TestCase("{ \"region\": null }", "infra/environments/x.json:1:13", "'region' must be a string, not null.")]
    [TestCase("{ \"testProjects\": \"a\" }", "infra/environments/x.json:1:19", "must be an array of strings, not a string.")]
    [TestCase("{ \"testProjects\": [\"a\", 1] }", "infra/environments/x.json:1:25", "holds strings only")]
    [TestCase("{ \"region\": \"us-east-1\",\n \"region\": \"us-east-1\" }", "infra/environments/x.json:2:2", "'region' is there twice.")]
    [TestCase("{ \"region\": { \"a\": {\"b\": [1]} } }", "infra/environments/x.json:1:13", "'region' must be a string, not an object.")]
    public void A_fault_has_file_line_and_column(string text, string origin, string message)
    {
        var problems = EnvironmentFile.Parse("infra/environments/x.json", text).Problems;

        Assert.Multiple(() =>
        {
            Assert.That(problems, Has.Count.EqualTo(1), string.Join('\n', problems));
            Assert.That(problems[0].Origin, Is.EqualTo(origin));
            Assert.That(problems[0].Message, Does.Contain(message));
            Assert.That(problems[0].Remedy, Is.Not.Empty);
        });
    }

    [Test]
    public void A_misspelt_member_is_answered_with_the_nearest() =>
        Assert.That(EnvironmentFile.Parse("x.json", """{ "acountId": "1" }""").Problems.Single().Remedy, Is.EqualTo("Did you mean 'accountId'?"));

    [Test]
    public void A_schema_reference_and_a_byte_order_mark_are_no_fault() =>
        Assert.That(EnvironmentFile.Parse("x.json", "\uFEFF{ \"$schema\": \"../schema.json\" }").Problems, Is.Empty);

    [Test]
    public void The_text_of_a_number_is_checked_like_any_other()
    {
        var files = Sources.FilesWith("x", """{ "region": "us-east-1", "repository": "ab", "cluster": "c", "service": "s", "desiredCount": 1.5 }""");

        var result = SettingsReader.Read(Sources.Of(["--environment=x"], [], files));

        Assert.That(result.Problems.Single().Message, Is.EqualTo("'1.5' is no desired-count."));
    }

    [Test]
    public void Any_change_to_a_file_gives_settings_or_problems_and_never_another_exception() =>
        Gen.Select(Gen.Int[0, FakeEnvironmentFiles.Local.Length - 1], Gen.Char, Gen.Int[0, 2]).Sample(
            (at, character, how) =>
            {
                var text = FakeEnvironmentFiles.Local;
                var changed = how switch
                {
                    0 => text.Remove(at, 1),
                    1 => text.Insert(at, character.ToString()),
                    _ => text[..at],
                };
                var result = SettingsReader.Read(Sources.Of(["--environment=local"], [], Sources.FilesWith("local", changed)));
                return result.Settings is null == result.Problems.Count > 0;
            },
            iter: 2000);
}
