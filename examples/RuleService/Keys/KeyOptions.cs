using Microsoft.AspNetCore.Authentication;

namespace RuleService.Keys;

/// <summary>Whether callers need keys.</summary>
internal sealed class KeyOptions : AuthenticationSchemeOptions
{
    /// <summary>The hash of the admin key; null if callers on this machine need no key.</summary>
    public byte[]? AdminHash { get; set; }

    /// <summary>True if nobody needs a key, because a gateway checks the callers.</summary>
    public bool IsOpen { get; set; }
}
