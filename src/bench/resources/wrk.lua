-- Sends so many requests at once, with the JSON given if there is any, and prints one line of figures for Wrk.java.

function init(args)
  if args[2] then
    wrk.method = "POST"
    wrk.body = args[2]
    wrk.headers["Content-Type"] = "application/json"
  end
  local pipeline = tonumber(args[1])
  if pipeline > 1 then
    local batch = string.rep(wrk.format(), pipeline)
    request = function() return batch end
  end
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("figures %d %d %d %d %d\n",
    summary.duration, summary.requests, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
