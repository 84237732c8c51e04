using System;

namespace RuleService;

/// <summary>A background part of the process has failed; the others would go on without it.</summary>
internal sealed class PartFailedException(string message, Exception inner) : Exception(message, inner);
