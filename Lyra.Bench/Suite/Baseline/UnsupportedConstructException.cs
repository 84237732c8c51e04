using System;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>A program uses something that the stack machine does not have.</summary>
/// <param name="construct">The construct.</param>
/// <param name="line">Its line; 0 if the machine found it at run time.</param>
internal sealed class UnsupportedConstructException(string construct, int line)
    : Exception($"the stack baseline does not support {construct}" + (line > 0 ? $" (line {line})" : string.Empty));
