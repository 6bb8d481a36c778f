using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Documents;

namespace Amazon.JsonProtocol;

/// <summary>Marks a token that makes a repeated call harmless; where the caller sets none, each call gets one of its own.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdempotencyTokenAttribute : Attribute;

/// <summary>Takes the SDK's own properties out of the JSON and fills in idempotency tokens.</summary>
internal static class WireShape
{
    public static void Apply(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            var property = type.Properties[index];
            var member = property.AttributeProvider as System.Reflection.MemberInfo;
            if (member?.DeclaringType is { } owner && (owner == typeof(AmazonWebServiceResponse) || owner == typeof(AmazonWebServiceRequest)))
            {
                type.Properties.RemoveAt(index);
            }
            else if (member?.IsDefined(typeof(IdempotencyTokenAttribute), inherit: false) == true && property.Get is { } get)
            {
                property.Get = request => get(request) ?? Guid.NewGuid().ToString();
            }
            else if (property.PropertyType == typeof(Document))
            {
                property.ShouldSerialize = (_, value) => value is Document document && !document.IsNull();
            }
        }
    }
}
