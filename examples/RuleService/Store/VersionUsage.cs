namespace RuleService.Store;

/// <summary>What stored versions take.</summary>
/// <param name="Versions">The versions of the tenant.</param>
/// <param name="Bytes">Their sources and code.</param>
/// <param name="AllBytes">The sources and code of the versions of all tenants.</param>
internal sealed record VersionUsage(int Versions, long Bytes, long AllBytes);
