using System;

namespace Lyra.Runtime.Storage;

/// <summary>A stored module that can't be loaded; the message is one sentence that says why.</summary>
internal sealed class ModuleFormatException(string message) : Exception(message);
