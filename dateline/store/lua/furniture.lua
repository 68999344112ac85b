-- Shared by begin and settle: what a host repeats, one string a host, read by the host of an article's address.
-- Nothing hangs on it, so a damaged key is taken for none and never stops a script.
local function host_of(url)
  local host = string.match(url or '', '^https?://([^/?#]+)')
  return host and #host <= 255 and host or ''
end

local function sketch_of(host)
  local stands = host ~= '' and redis.pcall('GET', key('furniture', host)) or ''
  return type(stands) == 'string' and stands or ''
end

-- One lesson more: {host, read: length of what the lesson was learned on, most, ttl_s}. If that still stands, the sketch
-- with the lesson in it takes its place; if a neighbour wrote meanwhile, the lesson is put behind, for the next to
-- count. head: the first 8 bytes of what was read, its checksum among them.
local function teach(taught, head, lesson, sketch)
  local name, stands = key('furniture', taught.host), sketch_of(taught.host)
  if #stands == taught.read and string.sub(stands, 1, 8) == head then
    redis.pcall('SET', name, sketch, 'EX', taught.ttl_s)
  elseif #stands + #lesson <= taught.most then
    redis.pcall('SET', name, stands .. lesson, 'EX', taught.ttl_s)
  end
end
