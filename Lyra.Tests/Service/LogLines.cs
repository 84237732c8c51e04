using System;
using Microsoft.Extensions.Logging;

namespace Lyra.Tests.Service;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILogger
{
    public string Text { get; private set; } = "";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Text += formatter(state, exception) + "\n";
}
