using CsCheck;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Settings;

internal sealed class ParserTests
{
    [TestCase("90s", 90)]
    [TestCase("20m", 1200)]
    [TestCase("1h30m", 5400)]
    [TestCase("1h0m1s", 3601)]
    [TestCase("0s", 0)]
    public void A_duration_has_units(string text, int seconds)
    {
        Assert.That(DurationText.TryParse(text, out var duration), Is.True);
        Assert.That(duration, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("m")]
    [TestCase("5m3h")]
    [TestCase("-5m")]
    [TestCase("5 m")]
    [TestCase("5m\n")]
    [TestCase("1.5h")]
    [TestCase("٥m")]
    [TestCase("9999999s")]
    public void Anything_else_is_no_duration(string text) => Assert.That(DurationText.TryParse(text, out _), Is.False);

    [Test]
    public void What_is_formatted_reads_back() =>
        Gen.Int[0, 300_000].Sample(
            seconds =>
                DurationText.TryParse(DurationText.Format(TimeSpan.FromSeconds(seconds)), out var read)
                    && read == TimeSpan.FromSeconds(seconds));

    [TestCase("targt", "target")]
    [TestCase("regoin", "region")]
    [TestCase("imageTag", "image-tag")]
    [TestCase("IMAGE_TAG", "image-tag")]
    [TestCase("env", "env")]
    [TestCase("enviroment", "environment")]
    [TestCase("desired", "desired-count")]
    [TestCase("xyzzy", null)]
    [TestCase("q", null)]
    public void The_nearest_name_is_two_edits_away_or_begins_alike(string given, string? expected) =>
        Assert.That(Nearest.Find(given, [.. SettingsOptions.All.Select(o => o.Name), "target"]), Is.EqualTo(expected));

    [Test]
    public void The_distance_is_symmetric_and_zero_for_equals_only() =>
        Gen.Select(Gen.String[Gen.Char['a', 'd'], 0, 8], Gen.String[Gen.Char['a', 'd'], 0, 8]).Sample((left, right) =>
            Nearest.Distance(left, right) == Nearest.Distance(right, left) && (Nearest.Distance(left, right) == 0) == (left == right));

    [Test]
    public void Unknown_options_are_all_refused_with_what_was_meant()
    {
        var problems = UnknownOptions.Check(["regon", "cluster", "frobnicate", "REGION"], SettingsOptions.All.Select(o => o.Name));

        Assert.That(problems.Select(p => p.ToString()), Is.EqualTo(new[]
        {
            "--regon: there is no such option.\n    Did you mean --region?",
            "--frobnicate: there is no such option.\n    Run ./build.sh without arguments to see every option.",
        }));
    }

    [TestCase("a/b", "a/b")]
    [TestCase("./a//b/", "a/b")]
    [TestCase(@"a\b", "a/b")]
    [TestCase("a/../b", "b")]
    [TestCase("a/../../b", null)]
    [TestCase("..", null)]
    [TestCase(".", null)]
    [TestCase("/a", null)]
    [TestCase(@"\\host\share", null)]
    [TestCase("c:/a", null)]
    [TestCase("~/a", null)]
    [TestCase("a\0b", null)]
    public void A_path_stays_inside_the_repository(string text, string? expected) =>
        Assert.That(SettingFormats.RepositoryPath(text), Is.EqualTo(expected));

    [Test]
    public void No_text_becomes_a_path_that_leaves_the_repository()
    {
        var part = Gen.OneOf<string>("..", ".", "a", "", "~", "\\", "..\\..", "C:");
        part.Array[0, 8].Sample(parts =>
            SettingFormats.RepositoryPath(string.Join('/', parts)) is not { } path
                || Path.GetFullPath(Path.Combine("/root/repo", path)).StartsWith("/root/repo/", StringComparison.Ordinal));
    }

    [TestCase("--lines=5 --follow --since=10m", 5, true, 600)]
    [TestCase("", 50, false, null)]
    public void The_switches_of_Logs_are_read_from_the_command_line(string arguments, int lines, bool follow, int? since)
    {
        var switches = LogSwitches.Read(Sources.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.That(switches, Is.EqualTo(new LogSwitches(since is { } s ? TimeSpan.FromSeconds(s) : null, follow, lines)));
    }

    [Test]
    public void Wrong_switches_of_Logs_are_all_told()
    {
        var failure = Assert.Throws<SlipwayException>(() => LogSwitches.Read(Sources.Of(["--lines=0", "--since=x"])));

        Assert.That(failure.Message, Does.Contain("'0' is no lines").And.Contain("'x' is no duration"));
    }

    [Test]
    public void Every_variable_and_member_of_the_table_belongs_to_one_option()
    {
        var variables = SettingsOptions.All.SelectMany(o => o.Variables).ToList();
        var members = SettingsOptions.All.Select(o => o.JsonMember).Where(m => m is not null).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(variables, Is.Unique);
            Assert.That(members, Is.Unique);
            Assert.That(SettingsOptions.All.Select(o => o.Description), Has.None.EndsWith("."));
        });
    }
}
