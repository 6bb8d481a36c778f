using System.Text.RegularExpressions;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Aws.Contract;

/// <summary>The same cases at every endpoint; what it does in another way than AWS is in its table, and only that.</summary>
public abstract partial class ContractTests
{
    private AwsConnection? connection;
    private ContractAccount? account;

    /// <summary>By the words of a case, what the endpoint answers instead.</summary>
    protected abstract IReadOnlyDictionary<string, string> Differences { get; }

    private protected static IReadOnlyList<ContractCase> Cases => ContractCases.All;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var (endpoint, placement) = await OpenAsync();
        connection = new AwsConnection("us-east-1", endpoint);
        account = new ContractAccount(connection, placement);
        await account.SeedAsync();
        await PutImageAsync(account);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        connection?.Dispose();
        await CloseAsync();
    }

    [TestCaseSource(nameof(Cases))]
    public async Task It_answers_as_aws_does_but_for_its_table(ContractCase given)
    {
        var answered = await AskAsync(given);

        Assert.That(answered, Is.EqualTo(Differences.GetValueOrDefault(given.ToString(), given.Expected)));
    }

    [Test]
    public void The_table_names_cases_and_what_is_different_only()
    {
        var cases = Cases.ToDictionary(one => one.ToString(), one => one.Expected);

        foreach (var (name, shown) in Differences) Assert.That(cases.GetValueOrDefault(name), Is.Not.Null.And.Not.EqualTo(shown), name);
    }

    /// <summary>Where the endpoint is, and where its tasks can be placed.</summary>
    private protected abstract Task<(Uri Endpoint, TaskPlacement Placement)> OpenAsync();

    private protected abstract Task CloseAsync();

    /// <summary>Puts <see cref="ContractAccount.Manifest"/> under <see cref="ContractAccount.Tag"/>.</summary>
    private protected abstract Task PutImageAsync(ContractAccount seeded);

    private async Task<string> AskAsync(ContractCase given)
    {
        try
        {
            return await given.AskAsync(account!);
        }
        catch (TransientServiceException failure)
        {
            return $"again: {Short(failure.Message)}";
        }
        catch (SlipwayException refusal)
        {
            return $"{refusal.ExitCode}: {Short(refusal.Message)}";
        }
    }

    /// <summary>With the error's code and without its words; ARNs have a long name.</summary>
    private static string Short(string message) => Arn().Replace(UpToCode().Match(message) is { Success: true } match ? match.Value : message, "'ARN'");

    [GeneratedRegex(@"^failed to .*?': [A-Z]\w+")]
    private static partial Regex UpToCode();

    [GeneratedRegex("'arn:[^']+'")]
    private static partial Regex Arn();
}
