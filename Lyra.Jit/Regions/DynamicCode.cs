using System;

namespace Lyra.Jit.Regions;

/// <summary>Machine code that is made at run time. Engines do not compile where a platform can't make it.</summary>
internal static class DynamicCode
{
    /// <summary>The exception for an attempt to compile on such a platform.</summary>
    public static PlatformNotSupportedException Missing() => new("Code can't be compiled at run time on this platform.");
}
