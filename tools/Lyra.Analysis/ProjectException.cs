using System;

namespace Lyra.Analysis;

/// <summary>The settings of a project can't be read.</summary>
internal sealed class ProjectException(string message) : Exception(message);
