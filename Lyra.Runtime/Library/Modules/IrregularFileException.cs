using System.IO;

namespace Lyra.Runtime.Library.Modules;

/// <summary>A path names a pipe, a device or a socket. The message is the end of a sentence about the path.</summary>
internal sealed class IrregularFileException() : IOException("is a pipe, a device or a socket; only regular files can be opened");
