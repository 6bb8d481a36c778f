using System.Net;
using System.Net.Sockets;
using Amazon.ECS;
using Amazon.Runtime;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Aws;

public sealed class AwsErrorsTests
{
    private static readonly AwsOperation Update = new("ecs:UpdateService", "update", "service", "web");
    private static readonly AwsErrors Cloud = new("us-east-1", null);
    private static readonly AwsErrors Embedded = new("us-east-1", new Uri("http://127.0.0.1:4570"));

    [TestCase("ExpiredTokenException", "The security token included in the request is expired", ExitCode.PreconditionFailed, "new credentials")]
    [TestCase("UnrecognizedClientException", "The security token included in the request is invalid.", ExitCode.PreconditionFailed, "AWS_ACCESS_KEY_ID")]
    [TestCase("InvalidSignatureException", "Signature expired: 20260301T120000Z is now earlier than 20260301T121000Z", ExitCode.PreconditionFailed, "clock")]
    [TestCase("AccessDeniedException", "User: x is not authorized to perform: ecs:UpdateService", ExitCode.PreconditionFailed, "ecs:UpdateService")]
    [TestCase("AccessDeniedException", "User: x is not authorized to perform: iam:PassRole on resource: y", ExitCode.PreconditionFailed, "iam:PassRole on the roles")]
    [TestCase("ClusterNotFoundException", "Cluster not found.", ExitCode.PreconditionFailed, "'cluster'")]
    [TestCase("ServiceNotFoundException", "Service not found.", ExitCode.PreconditionFailed, "'service'")]
    [TestCase("ServiceNotActiveException", "Service was not ACTIVE.", ExitCode.PreconditionFailed, "'service'")]
    [TestCase("RepositoryNotFoundException", "The repository does not exist", ExitCode.PreconditionFailed, "aws ecr create-repository --repository-name web")]
    [TestCase("InvalidParameterException", "Invalid 'cpu' setting for task", ExitCode.InvalidInput, "correct the settings")]
    [TestCase("BrandNewException", "Something else.", ExitCode.PreconditionFailed, "API reference")]
    public void An_answered_error_says_what_failed_why_and_what_to_try(string code, string message, ExitCode exitCode, string remedy)
    {
        var failure = (SlipwayException)Cloud.Translate(Update, Answer(code, message, HttpStatusCode.BadRequest));

        Assert.That(failure.Message, Is.EqualTo($"failed to update service 'web': {code} {message}"));
        Assert.That(failure.ExitCode, Is.EqualTo(exitCode));
        Assert.That(failure.Remedy, Does.Contain(remedy));
    }

    [TestCase("ThrottlingException", "Rate exceeded", 400, true, false)]
    [TestCase("ThrottlingException", "Rate exceeded", 500, true, false)]
    [TestCase("ClientException", "Too many concurrent attempts to create a new revision of the specified family.", 400, true, false)]
    [TestCase("ServerException", "Internal", 500, false, true)]
    [TestCase("ServiceUnavailable", "Busy", 503, false, false)]
    public void What_time_may_cure_is_transient_and_says_whether_it_may_be_done(string code, string message, int status, bool throttled, bool mayBeDone)
    {
        var failure = (TransientServiceException)Cloud.Translate(Update, Answer(code, message, (HttpStatusCode)status));

        Assert.That((failure.Throttled, failure.MayBeDone), Is.EqualTo((throttled, mayBeDone)));
        Assert.That(failure.Remedy, Does.Contain("try again later"));
    }

    [Test]
    public void A_dropped_connection_a_timeout_and_a_strange_host_are_transient()
    {
        Exception[] errors =
        [
            new HttpRequestException("reset", new SocketException((int)SocketError.ConnectionReset)),
            new HttpRequestException("unknown host", new SocketException((int)SocketError.HostNotFound)),
            new TimeoutException("slow"),
            new IOException("eof"),
            new TaskCanceledException("the client's own timeout"),
            new AmazonServiceException("<html>", null, HttpStatusCode.BadGateway),
            new AmazonClientException("retry capacity", Answer("ThrottlingException", "Rate exceeded", HttpStatusCode.BadRequest)),
        ];

        Assert.That(errors.Select(error => Cloud.Translate(Update, error)), Has.All.TypeOf<TransientServiceException>());
        Assert.That(errors.Select(error => Embedded.Translate(Update, error)), Has.All.TypeOf<TransientServiceException>());
    }

    [Test]
    public void An_embedded_cloud_that_does_not_run_is_told_with_the_target_that_starts_it()
    {
        var failure = (SlipwayException)Embedded.Translate(
            Update, new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)));

        Assert.That(failure.Message, Is.EqualTo("failed to update service 'web': nothing answers at http://127.0.0.1:4570."));
        Assert.That(failure.Remedy, Does.Contain("--target=LocalUp"));
    }

    [Test]
    public void An_unreadable_answer_is_never_quoted()
    {
        var failure = (TransientServiceException)Cloud.Translate(
            Update, new AmazonUnmarshallingException("id", "somewhere", "{ \"authorizationToken\": \"s3cret\"", new FormatException("x")));

        Assert.That(failure.ToString(), Does.Not.Contain("s3cret"));
    }

    [TestCase(
        "Failed to resolve AWS credentials. The credential providers used to search for credentials returned the following errors:\n\nException 1 of 2: The environment variables were not set.\nException 2 of 2: Unable to find the \"default\" profile.",
        "no AWS credentials were found. Looked for: AWS_ACCESS_KEY_ID", "--environment=local")]
    [TestCase(
        "Failed to resolve AWS credentials. The credential providers used to search for credentials returned the following errors:\n\nException 1 of 1: The profile [x] is an SSO profile.  This type of profile is not allowed here.",
        "the profile needs a login: The profile [x] is an SSO profile.", "aws sso login")]
    [TestCase(
        "Failed to resolve AWS credentials. The credential providers used to search for credentials returned the following errors:\n\nException 1 of 1: Error reading source profile [a] for profile [b].",
        "the profile cannot be used: Error reading source profile [a] for profile [b].", "~/.aws/config")]
    [TestCase("Command returned non-zero exit value 1 with the error -", "the program of the profile's credential_process gave no credentials", "by hand")]
    [TestCase("Error calling AssumeRole for role arn:x", "Error calling AssumeRole for role arn:x", "the profile")]
    public void Missing_credentials_say_what_was_looked_for(string message, string words, string remedy)
    {
        var failure = (SlipwayException)Cloud.Translate(Update, new AmazonClientException(message));

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(failure.Message, Does.Contain(words).And.Not.Contain("Exception 1 of"));
        Assert.That(failure.Remedy, Does.Contain(remedy));
    }

    [Test]
    public void A_role_that_cannot_be_assumed_says_what_sts_answered()
    {
        var failure = (SlipwayException)Cloud.Translate(
            Update, new AmazonClientException("Error calling AssumeRole for role x", Answer("AccessDenied", "not authorized to perform: sts:AssumeRole", HttpStatusCode.Forbidden)));

        Assert.That(failure.Message, Does.EndWith("Error calling AssumeRole for role x: AccessDenied not authorized to perform: sts:AssumeRole"));
    }

    [Test]
    public void A_message_from_elsewhere_is_one_line_and_bounded()
    {
        var failure = (SlipwayException)Cloud.Translate(Update, Answer("X", "a\nb\u001b[2J" + new string('x', 5000), HttpStatusCode.BadRequest));

        Assert.That(failure.Message, Does.Contain("X a b[2Jxxx").And.Length.LessThan(700));
    }

    private static AmazonECSException Answer(string code, string message, HttpStatusCode status) =>
        new(message, null, ErrorType.Unknown, code, "request", status);
}
