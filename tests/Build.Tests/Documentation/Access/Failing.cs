using System.Net;
using Amazon.Runtime;
using Slipway.Deployment;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Build.Tests.Documentation.Access;

/// <summary>Lets the program's own code fail, by settings or by what the SDK throws.</summary>
internal static class Failing
{
    private static readonly AwsOperation Identity = new("sts:GetCallerIdentity", "get", "caller identity", "sts");
    private static readonly AwsOperation Login = new("ecr:GetAuthorizationToken", "get", "authorization token", "ecr");

    /// <summary>A run of environment 'production' with these variables.</summary>
    public static Task<PageCase> SettingsAsync(string key, string explanation, params string[] variables) => ToldEnding.CaseAsync(
        key, explanation, "Run", () => Task.FromResult(SettingsReader.Read(Sources.Of(["--environment=production"], variables)).Require()));

    /// <summary>An error of the first call, as the SDK throws it.</summary>
    public static Task<PageCase> CallAsync(string key, string explanation, Exception error, bool isLogin = false) => ToldEnding.CaseAsync(
        key, explanation, "EcrLogin", () => throw Shown(new AwsErrors("us-east-1", null).Translate(isLogin ? Login : Identity, error)));

    /// <summary>An error answer of AWS.</summary>
    public static Task<PageCase> AnswerAsync(string key, string explanation, string code, string message, bool isLogin = false) => CallAsync(
        key, explanation, new AmazonServiceException(message, ErrorType.Sender, code, "request", HttpStatusCode.BadRequest), isLogin);

    private static Exception Shown(Exception error) => error is Deployment.Services.TransientServiceException passing ? passing.ToFailure() : error;
}
