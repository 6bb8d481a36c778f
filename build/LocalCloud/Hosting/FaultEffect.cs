using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Hosting;

/// <summary>What a switched-on failure does to a call.</summary>
internal static class FaultEffect
{
    public const string NoCapacity = "Capacity is unavailable at this time. Please try again later or in a different availability zone";

    private static readonly object CutOff = new();

    /// <summary>True where the call is over (the connection was reset); an <see cref="ApiException"/> for an error answer.</summary>
    public static async Task<bool> ApplyAsync(HttpContext context, string operation, Fault fault, TimeProvider time)
    {
        switch (fault.Kind)
        {
            case Fault.Throttle:
                throw new ApiException("ThrottlingException", "Rate exceeded");
            case Fault.Error500:
                throw new ApiException("ServerException", "Service Unavailable. Please try again later.", 500);
            case Fault.Capacity:
                throw new ApiException("ServerException", NoCapacity, 500);
            case Fault.Deny:
                var why = fault.Reason ?? $"because no identity-based policy allows the {operation} action";
                throw new ApiException(
                    "AccessDeniedException", $"User: {Account.UserArn} is not authorized to perform: {operation} on resource: * {why}");
            case Fault.Expired:
                throw new ApiException("ExpiredTokenException", "The security token included in the request is expired");
            case Fault.Unknown:
                throw new ApiException("UnknownOperationException", "");
            case Fault.Reset:
                context.Abort();
                return true;
            case Fault.Malformed:
                context.Items[CutOff] = true;
                return false;
            default:
                await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), time, context.RequestAborted);
                return false;
        }
    }

    /// <summary>The answer as it goes out: the operation was done, but half of what it answers is lost where the fault says so.</summary>
    public static ReadOnlyMemory<byte> Sent(HttpContext context, byte[] answer) =>
        context.Items.ContainsKey(CutOff) ? answer.AsMemory(0, answer.Length / 2) : answer;
}
