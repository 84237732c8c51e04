using System;

namespace RuleService.Queue;

/// <summary>The queue cannot be reached.</summary>
internal sealed class QueueUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
