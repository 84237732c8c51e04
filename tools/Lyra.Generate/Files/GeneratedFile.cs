using System;
using Lyra.Generate.Sources;

namespace Lyra.Generate.Files;

/// <summary>A checked-in file that this tool writes.</summary>
/// <param name="Path">Where it is, from the root of the repository.</param>
/// <param name="Text">Makes the whole text of the file. The same sources always give the same text.</param>
internal sealed record GeneratedFile(string Path, Func<SourceRepository, string> Text);
