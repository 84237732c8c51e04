namespace Lyra;

/// <summary>How often a script has accessed memory outside of registers.</summary>
/// <param name="Reads">Instructions that read fields, elements, variables and the like.</param>
/// <param name="Writes">Instructions that write them, and the fields that constructors store.</param>
/// <param name="Allocations">Instructions that have allocated something.</param>
/// <param name="Bytes">The bytes that the thread of the script has allocated.</param>
public sealed record MemoryOperations(long Reads, long Writes, long Allocations, long Bytes);
