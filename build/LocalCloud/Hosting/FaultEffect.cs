using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Hosting;

/// <summary>What a switched-on failure does to a call.</summary>
internal static class FaultEffect
{
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
                throw new ApiException("ServerException", "Capacity is unavailable at this time. Please try again later or in a different availability zone", 500);
            case Fault.Deny:
                throw new ApiException(
                    "AccessDeniedException",
                    $"User: {Account.UserArn} is not authorized to perform: {operation} because no identity-based policy allows the {operation} action");
            case Fault.Reset:
                context.Abort();
                return true;
            default:
                await Task.Delay(fault.Delay, time, context.RequestAborted);
                return false;
        }
    }
}
